package io.vireo.control.lab.topology;

import io.vireo.control.model.InterfaceAddress;
import java.util.List;

/** An end of a link of a lab. */
public sealed interface LabEnd {
    /** The interface of a host that a link joins if it names none. */
    String DEFAULT_INTERFACE = "eth0";

    /** The node or host. */
    String owner();

    /** Its port, or its interface. */
    String device();

    /** As messages name it, such as {@code a/p1}. */
    default String label() {
        return owner() + "/" + device();
    }

    /**
     * A port of a node.
     *
     * @param owner  name of the node.
     * @param device name of the port in its configuration.
     */
    record OfNode(String owner, String device) implements LabEnd {}

    /**
     * An interface of a host.
     *
     * @param owner     name of the host.
     * @param device    name of the interface.
     * @param addresses of the interface, beside those that the host itself gives {@link #DEFAULT_INTERFACE}.
     */
    record OfHost(String owner, String device, List<InterfaceAddress> addresses) implements LabEnd {
        /** Copies the addresses. */
        public OfHost {
            addresses = List.copyOf(addresses);
        }
    }
}

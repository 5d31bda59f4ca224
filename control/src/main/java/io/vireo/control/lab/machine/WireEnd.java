package io.vireo.control.lab.machine;

import io.vireo.control.lab.topology.LabEnd;
import io.vireo.control.lab.topology.LabNames;

/**
 * A veth device.
 *
 * @param namespace the namespace it lies in, or empty for the machine's own.
 * @param device    its name there.
 */
public record WireEnd(String namespace, String device) {
    /** The namespace that is none. */
    public static final String MACHINE = "";

    /** The device of a link's end. */
    static WireEnd of(LabNames names, LabEnd end) {
        return switch (end) {
            case LabEnd.OfNode node -> new WireEnd(MACHINE, names.portDevice(node.owner(), node.device()));
            case LabEnd.OfHost host -> new WireEnd(names.namespace(host.owner()), host.device());
        };
    }

    /** Whether it lies in a namespace of its own. */
    boolean isOfHost() {
        return !namespace.isEmpty();
    }

    @Override
    public String toString() {
        return isOfHost() ? device + " in " + namespace : device;
    }
}

package io.vireo.control.model;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the operator wants of a node: one document of the configuration language.
 *
 * @param node  the node it is meant for, or null for whichever it is applied to.
 * @param ecmp  how flows are shared among equal-cost next hops.
 * @param ports the node's ports.
 * @param substrate what of the network underneath carries virtual links without IP.
 * @param vpns  the VPNs it takes part in.
 */
public record Configuration(@Nullable String node, Ecmp ecmp, List<Port> ports, Substrate substrate, List<Vpn> vpns) {

    /** The version of the configuration language. */
    public static final String API_VERSION = "v1";

    /** A node that does nothing: what there is before anything was applied. */
    public static final Configuration EMPTY =
            new Configuration(null, Ecmp.DEFAULT, List.of(), Substrate.NONE, List.of());

    public Configuration {
        ports = List.copyOf(ports);
        vpns = List.copyOf(vpns);
    }

    /** The VPNs, and what of the substrate's own is forwarded as if it were one, where there is any. */
    public List<Vpn> networks() {
        return Stream.concat(vpns.stream(), substrate.transit()).toList();
    }
}

package io.vireo.control.network.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A VPN of the network.
 *
 * @param name of it.
 * @param id its VPN-ID, or null: one is taken for it.
 * @param routers its virtual routers.
 * @param links its virtual links.
 */
public record NetworkVpn(String name, @Nullable Long id, List<NetworkRouter> routers, List<VpnLink> links) {

    public NetworkVpn {
        routers = List.copyOf(routers);
        links = List.copyOf(links);
    }

    /**
     * A virtual router.
     *
     * @param name of it.
     * @param node where it is, or null: the controller places it.
     * @param on nodes of which it may be on one; all when empty.
     * @param apartFrom routers that it may not share a node with.
     * @param configuration the rest of it, as a configuration document has it.
     */
    public record NetworkRouter(
            String name,
            @Nullable String node,
            List<String> on,
            List<String> apartFrom,
            Map<String, Object> configuration) {}

    /**
     * A virtual link between two of its routers.
     *
     * @param name of it, which its interfaces have, too.
     * @param a a router.
     * @param b another one.
     * @param rateBitsPerSecond guaranteed in each direction; 0: nothing.
     * @param maxDelayNs of its path at most; 0: any.
     * @param via the substrate links of its path in their order; empty: the controller finds one.
     * @param disjointFrom virtual links of the VPN that it shares no substrate link with.
     */
    public record VpnLink(
            String name,
            String a,
            String b,
            long rateBitsPerSecond,
            long maxDelayNs,
            List<String> via,
            List<String> disjointFrom) {}
}

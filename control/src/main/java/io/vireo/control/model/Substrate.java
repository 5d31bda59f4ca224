package io.vireo.control.model;

import java.util.List;
import java.util.stream.Stream;

/**
 * What of the network underneath carries virtual links without IP (Network Diversification, section II).
 *
 * @param etherType of the frames of all virtual links; the far ends have the same.
 * @param links     to other nodes, over this node's ports.
 * @param tunnels   to other nodes, over IP.
 * @param crossings virtual links of others, which only cross this node from one link over a port to another.
 */
public record Substrate(
        int etherType, List<SubstrateLink> links, List<SubstrateTunnel> tunnels, List<Crossing> crossings) {
    /** IEEE 802 local experimental. */
    public static final int DEFAULT_ETHER_TYPE = 0x88b5;

    /** No links. */
    public static final Substrate NONE = new Substrate(DEFAULT_ETHER_TYPE, List.of(), List.of(), List.of());

    /** What crosses the node is shown as if its ends were interfaces of this router; there is none in Linux. */
    public static final RouterPath TRANSIT = new RouterPath("substrate", "crossings");

    /** VPN 0 is the substrate. */
    private static final long TRANSIT_VPN_ID = 0;

    public Substrate {
        links = List.copyOf(links);
        tunnels = List.copyOf(tunnels);
        crossings = List.copyOf(crossings);
    }

    /** As a VPN: of one router, whose interfaces are the ends of all crossings. Nothing, if there are none. */
    public Stream<Vpn> transit() {
        if (crossings.isEmpty()) {
            return Stream.empty();
        }
        List<Interface> ends =
                crossings.stream().flatMap(crossing -> crossing.ends().stream()).toList();
        Router router = new Router(TRANSIT.router(), PuntLimit.DEFAULT, ends, List.of());
        return Stream.of(new Vpn(TRANSIT.vpn(), TRANSIT_VPN_ID, null, List.of(router), List.of()));
    }
}

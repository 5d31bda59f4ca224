package io.vireo.control.model;

import java.util.List;

/**
 * A virtual router with its identity.
 *
 * @param routerId          dense identity, kept for as long as the VPN has a router of this name.
 * @param vpnId             the VPN-ID, unsigned 32 bits.
 * @param vpnName           name of the VPN.
 * @param name              name of the router, unique in the VPN.
 * @param punt              limit of packets to its control plane.
 * @param loopbackAddresses addresses of all its loopback interfaces, for the namespace's {@code lo}.
 * @param interfaces        its access interfaces, then its ends of links: each with a TAP.
 * @param routes            its static routes.
 */
public record DesiredRouter(
        int routerId,
        long vpnId,
        String vpnName,
        String name,
        PuntLimit punt,
        List<InterfaceAddress> loopbackAddresses,
        List<DesiredInterface> interfaces,
        List<Route> routes) {

    public DesiredRouter {
        loopbackAddresses = List.copyOf(loopbackAddresses);
        interfaces = List.copyOf(interfaces);
        routes = List.copyOf(routes);
    }

    /** How operators address it: {@code blue/r1}. */
    public String path() {
        return vpnName + "/" + name;
    }
}

package io.vireo.control.network.controller;

import java.util.List;

/**
 * A virtual link of the network, as it was planned.
 *
 * @param vpn of it.
 * @param link its name in the VPN.
 * @param a its first end, {@code NODE VPN/ROUTER/INTERFACE}.
 * @param b its other end.
 * @param guaranteedBitsPerSecond in each direction; 0: nothing.
 * @param substrateLinks the substrate links that it takes, from a to b; none inside a node.
 */
public record VirtualLinkPath(
        String vpn, String link, LinkEnd a, LinkEnd b, long guaranteedBitsPerSecond, List<String> substrateLinks) {

    public VirtualLinkPath {
        substrateLinks = List.copyOf(substrateLinks);
    }

    /** Its name in the network. */
    public String name() {
        return vpn + "/" + link;
    }

    /**
     * Where an end is.
     *
     * @param node of the network.
     * @param path {@code VPN/ROUTER/INTERFACE} on that node.
     */
    public record LinkEnd(String node, String path) {}
}

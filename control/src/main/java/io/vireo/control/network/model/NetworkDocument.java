package io.vireo.control.network.model;

import java.util.List;

/**
 * What is wished of a network.
 *
 * @param network its name.
 * @param nodes those that carry it.
 * @param links between ports of nodes.
 * @param vpns over them.
 */
public record NetworkDocument(String network, List<NetworkNode> nodes, List<NetworkLink> links, List<NetworkVpn> vpns) {

    public NetworkDocument {
        nodes = List.copyOf(nodes);
        links = List.copyOf(links);
        vpns = List.copyOf(vpns);
    }
}

package io.vireo.control.model;

import java.util.List;

/**
 * What of the network underneath carries virtual links without IP (Network Diversification, section II).
 *
 * @param etherType of the frames of all virtual links; the far ends have the same.
 * @param links     to other nodes, over this node's ports.
 */
public record Substrate(int etherType, List<SubstrateLink> links) {
    /** IEEE 802 local experimental. */
    public static final int DEFAULT_ETHER_TYPE = 0x88b5;

    /** No links. */
    public static final Substrate NONE = new Substrate(DEFAULT_ETHER_TYPE, List.of());

    public Substrate {
        links = List.copyOf(links);
    }
}

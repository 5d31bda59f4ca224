package io.vireo.control.network.model;

import org.jspecify.annotations.Nullable;

/**
 * A substrate link: a wire between ports of two nodes.
 *
 * @param name of it.
 * @param a its first end.
 * @param b its other end.
 * @param rateBitsPerSecond of each direction.
 * @param delayNs of each direction.
 * @param reservableBitsPerSecond how much of the rate virtual links may be guaranteed, in each direction.
 * @param vlan that it is on, or null: untagged.
 */
public record NetworkLink(
        String name,
        PortEnd a,
        PortEnd b,
        long rateBitsPerSecond,
        long delayNs,
        long reservableBitsPerSecond,
        @Nullable Integer vlan) {

    /**
     * A port of a node.
     *
     * @param node of the network.
     * @param port of the node.
     */
    public record PortEnd(String node, String port) {}

    /** The end at a node, or null. */
    public @Nullable PortEnd at(String node) {
        return a.node().equals(node) ? a : b.node().equals(node) ? b : null;
    }

    /** The node at the other end. */
    public String farNode(String node) {
        return a.node().equals(node) ? b.node() : a.node();
    }
}

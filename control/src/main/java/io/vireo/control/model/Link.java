package io.vireo.control.model;

import org.jspecify.annotations.Nullable;

/**
 * A virtual link between two virtual routers of one VPN on this node.
 *
 * @param name      unique in its VPN.
 * @param a         one end.
 * @param b         the other end.
 * @param mtu       largest IP packet, in bytes.
 * @param bandwidth reserved bandwidth, or null when nothing is promised.
 */
public record Link(
        String name,
        LinkEnd a,
        LinkEnd b,
        int mtu,
        @Nullable Bandwidth bandwidth) {}

package io.vireo.control.model;

import org.jspecify.annotations.Nullable;

/**
 * A virtual link between two virtual routers of one VPN on this node.
 *
 * @param name      unique in its VPN.
 * @param a         one end.
 * @param b         the other end.
 * @param mtu       largest IP packet, in bytes.
 * @param bandwidth what it carries in each direction, or null for any.
 * @param emulation how it is emulated in both directions, or null; an end may have its own.
 */
public record Link(
        String name,
        LinkEnd a,
        LinkEnd b,
        int mtu,
        @Nullable Bandwidth bandwidth,
        @Nullable Emulation emulation) {

    /** How the link is emulated from one of its ends to the other, its bandwidth included; null: not at all. */
    public @Nullable Emulation emulationOf(LinkEnd end) {
        Emulation direction = end.emulation() == null ? emulation : end.emulation();
        if (bandwidth == null) {
            return direction;
        }
        return direction == null ? Emulation.ofBandwidth(bandwidth) : direction.withRate(bandwidth);
    }
}

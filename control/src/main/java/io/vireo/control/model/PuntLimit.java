package io.vireo.control.model;

/**
 * The token bucket in front of a virtual router's control plane.
 *
 * @param packetsPerSecond rate at which it fills, 1 to {@link Limits#MAX_PUNT_PACKETS}.
 * @param burstPackets     how much it holds, 1 to {@link Limits#MAX_PUNT_PACKETS}.
 */
public record PuntLimit(int packetsPerSecond, int burstPackets) {

    /** What a router has that says nothing of its own. */
    public static final PuntLimit DEFAULT =
            new PuntLimit(Limits.DEFAULT_PUNT_PACKETS_PER_SECOND, Limits.DEFAULT_PUNT_BURST_PACKETS);
}

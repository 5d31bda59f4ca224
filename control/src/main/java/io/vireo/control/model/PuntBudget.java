package io.vireo.control.model;

import io.vireo.dataplane.wire.code.PuntClass;

/**
 * What a virtual router's control plane takes of one kind of packets, in place of its share of the router's rate.
 *
 * @param puntClass        the kind.
 * @param packetsPerSecond rate of all interfaces together, 1 to {@link Limits#MAX_PUNT_PACKETS}.
 * @param burstPackets     how many may come at once, 1 to {@link Limits#MAX_PUNT_PACKETS}.
 */
public record PuntBudget(PuntClass puntClass, int packetsPerSecond, int burstPackets) {}

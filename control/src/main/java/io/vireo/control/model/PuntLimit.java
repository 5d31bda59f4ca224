package io.vireo.control.model;

import io.vireo.dataplane.wire.code.PuntClass;
import java.util.List;

/**
 * What a virtual router's control plane takes of packets: token buckets for all kinds together, for each kind of packet
 * ({@link PuntClass}), and of each kind for each interface, whatever the others do.
 *
 * @param packetsPerSecond rate of all kinds together, 1 to {@link Limits#MAX_PUNT_PACKETS}.
 * @param burstPackets     how many may come at once, 1 to {@link Limits#MAX_PUNT_PACKETS}.
 * @param interfacePercent part of each kind's budget that each interface has for itself, 1 to 100.
 * @param classes          budgets of kinds that do not have their share of the rate; one for each kind at most.
 */
public record PuntLimit(int packetsPerSecond, int burstPackets, int interfacePercent, List<PuntBudget> classes) {

    /** What a router has that says nothing of its own. */
    public static final PuntLimit DEFAULT =
            new PuntLimit(Limits.DEFAULT_PUNT_PACKETS_PER_SECOND, Limits.DEFAULT_PUNT_BURST_PACKETS);

    /** Copies the list. */
    public PuntLimit {
        classes = List.copyOf(classes);
    }

    /** A rate and burst, with the defaults for the rest. */
    public PuntLimit(int packetsPerSecond, int burstPackets) {
        this(packetsPerSecond, burstPackets, PuntClass.DEFAULT_INTERFACE_PERCENT, List.of());
    }

    /** Returns the budget of a kind: its own, or its share of the rate. */
    public PuntBudget budgetOf(PuntClass puntClass) {
        for (PuntBudget budget : classes) {
            if (budget.puntClass() == puntClass) {
                return budget;
            }
        }
        return new PuntBudget(
                puntClass,
                puntClass.defaultPacketsPerSecond(packetsPerSecond),
                puntClass.defaultBurstPackets(burstPackets));
    }
}

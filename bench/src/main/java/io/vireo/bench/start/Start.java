package io.vireo.bench.start;

import java.util.Map;

/**
 * One start of one program.
 *
 * @param reachedNs when it reached what, since exec; a peer has only a first packet and a steady rate
 * @param curve what it sent over time
 * @param steadyPacketsPerSecond what it came to, per second of real time
 */
record Start(Map<Milestone, Long> reachedNs, RateCurve curve, double steadyPacketsPerSecond) {
    /** Refuses to leave out what all programs reach. */
    Start {
        reachedNs = Map.copyOf(reachedNs);
        if (!reachedNs.containsKey(Milestone.FIRST_PACKET) || !reachedNs.containsKey(Milestone.STEADY)) {
            throw new IllegalArgumentException("reachedNs: no first packet or no steady rate in " + reachedNs);
        }
    }
}

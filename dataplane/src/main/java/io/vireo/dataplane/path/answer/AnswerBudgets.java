package io.vireo.dataplane.path.answer;

/**
 * How many packets of a kind the data plane makes for each interface: beyond that they are the kernel's, whose punt budgets hold.
 * Token buckets as theoretical arrival times (ITU-T I.371 Annex A). Single user: its worker, so an interface whose packets come
 * to several workers has a budget at each.
 */
final class AnswerBudgets {
    private final long[] arrivals;
    private final long incrementNs;
    private final long toleranceNs;

    /**
     * @param packetsPerSecond of one interface.
     * @param burstPackets that may come at once.
     */
    AnswerBudgets(int maxInterfaces, int packetsPerSecond, int burstPackets) {
        arrivals = new long[maxInterfaces];
        incrementNs = 1_000_000_000L / packetsPerSecond;
        toleranceNs = (burstPackets - 1) * incrementNs;
    }

    /** Whether one more packet is within the budget; then it has been charged. */
    boolean take(int interfaceId, long nowNs) {
        long conforming = Math.max(arrivals[interfaceId], nowNs);
        if (conforming - nowNs > toleranceNs) {
            return false;
        }
        arrivals[interfaceId] = conforming + incrementNs;
        return true;
    }
}

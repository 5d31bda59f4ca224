package io.vireo.control.node.mirror;

/**
 * When the kernel's tables of a namespace are read anew: a moment after the event that announces silent changes, so that several
 * cost one dump; and not before as long as the last reading took, so that a daemon which fills a full table faster than it can
 * be followed makes control read it half of the time at most. Only the node agent's thread uses it.
 */
final class ReadingPace {
    /** How long silent changes are waited for after the event that announces them. */
    static final long SETTLE_NS = 20_000_000;

    private boolean isRequested;
    private long dueNs;
    private long earliestNs;

    ReadingPace(long nowNs) {
        earliestNs = nowNs;
    }

    /** Something may have changed in silence. */
    void request(long nowNs) {
        if (!isRequested) {
            isRequested = true;
            dueNs = nowNs + Math.max(SETTLE_NS, earliestNs - nowNs);
        }
    }

    boolean isDue(long nowNs) {
        return isRequested && nowNs - dueNs >= 0;
    }

    /** Everything was read, for whatever reason. */
    void read(long beganNs, long endedNs) {
        isRequested = false;
        earliestNs = endedNs + (endedNs - beganNs);
    }
}

package io.vireo.dataplane.path;

/** Turns monotonic time into time since 1970, as frames on their way to users are stamped. Immutable. */
public final class EpochClock {
    private final long offsetNs;

    /**
     * @param epochMs milliseconds since 1970 UTC, now.
     * @param nanoTime monotonic nanoseconds, now.
     */
    public EpochClock(long epochMs, long nanoTime) {
        offsetNs = epochMs * 1_000_000L - nanoTime;
    }

    /** Nanoseconds since 1970 UTC at a monotonic time. */
    public long epochNs(long nanoTime) {
        return nanoTime + offsetNs;
    }
}

package io.vireo.dataplane.schedule.policy;

import java.util.Objects;

/**
 * The three numbers of a service curve on their way from a command to the tree: perhaps absent, which all zeros say, perhaps
 * no curve at all, which {@link #defect} says. Mutable and reusable: nothing is allocated after construction. Not thread-safe.
 */
public final class CurveParameters {
    private long firstRateBitsPerSecond;
    private long firstSpanNs;
    private long secondRateBitsPerSecond;

    /** m1, d and m2, as {@link ServiceCurve} has them; three zeros = no curve. */
    public void set(long firstRate, long spanNs, long secondRate) {
        firstRateBitsPerSecond = firstRate;
        firstSpanNs = spanNs;
        secondRateBitsPerSecond = secondRate;
    }

    /** Becomes a curve. */
    public void set(ServiceCurve curve) {
        set(curve.firstRateBitsPerSecond(), curve.firstSpanNs(), curve.secondRateBitsPerSecond());
    }

    /** Becomes equal to another. */
    public void copyFrom(CurveParameters other) {
        set(other.firstRateBitsPerSecond, other.firstSpanNs, other.secondRateBitsPerSecond);
    }

    /** Returns m1. */
    public long firstRateBitsPerSecond() {
        return firstRateBitsPerSecond;
    }

    /** Returns d. */
    public long firstSpanNs() {
        return firstSpanNs;
    }

    /** Returns m2. */
    public long secondRateBitsPerSecond() {
        return secondRateBitsPerSecond;
    }

    /** Whether there is such a curve at all. */
    public boolean isPresent() {
        return (firstRateBitsPerSecond | firstSpanNs | secondRateBitsPerSecond) != 0;
    }

    /** What is wrong with the curve; {@link CurveDefect#NONE} also for one that is absent. */
    public CurveDefect defect() {
        return isPresent()
                ? CurveDefect.of(firstRateBitsPerSecond, firstSpanNs, secondRateBitsPerSecond)
                : CurveDefect.NONE;
    }

    @Override
    public boolean equals(Object object) {
        return object instanceof CurveParameters other
                && firstRateBitsPerSecond == other.firstRateBitsPerSecond
                && firstSpanNs == other.firstSpanNs
                && secondRateBitsPerSecond == other.secondRateBitsPerSecond;
    }

    @Override
    public int hashCode() {
        return Objects.hash(firstRateBitsPerSecond, firstSpanNs, secondRateBitsPerSecond);
    }

    @Override
    public String toString() {
        return isPresent()
                ? firstRateBitsPerSecond + " b/s for " + firstSpanNs + " ns, then " + secondRateBitsPerSecond + " b/s"
                : "none";
    }
}

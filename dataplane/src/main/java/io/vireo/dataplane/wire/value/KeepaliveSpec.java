package io.vireo.dataplane.wire.value;

import io.vireo.dataplane.wire.code.AddressFamily;

/**
 * How a tunnel finds out whether its far end answers. Part of {@link TunnelSpec}, which says what the methods have in common.
 */
public final class KeepaliveSpec {
    private AddressFamily family = AddressFamily.IPV4;
    private long targetHigh;
    private long targetLow;
    private int intervalMs;
    private int misses;

    /**
     * Sets everything.
     *
     * @param family of the target
     * @param targetHigh whom echo requests are sent to through the tunnel; 0/0: there are no keepalives
     * @param intervalMs time between two of them
     * @param misses how many in a row may be without an answer
     */
    void set(AddressFamily family, long targetHigh, long targetLow, int intervalMs, int misses) {
        this.family = family;
        this.targetHigh = targetHigh;
        this.targetLow = targetLow;
        this.intervalMs = intervalMs;
        this.misses = misses;
    }

    void copyFrom(KeepaliveSpec other) {
        set(other.family, other.targetHigh, other.targetLow, other.intervalMs, other.misses);
    }

    /** Whether there are keepalives. */
    public boolean isPresent() {
        return (targetHigh | targetLow) != 0;
    }

    /** Returns the family of the target. */
    public AddressFamily family() {
        return family;
    }

    /** Returns the high half of the target. */
    public long targetHigh() {
        return targetHigh;
    }

    /** Returns the low half of the target. */
    public long targetLow() {
        return targetLow;
    }

    /** Returns the milliseconds between two keepalives, else 0. */
    public int intervalMs() {
        return intervalMs;
    }

    /** Returns how many keepalives in a row may be without an answer, else 0. */
    public int misses() {
        return misses;
    }

    boolean isSame(KeepaliveSpec other) {
        return targetHigh == other.targetHigh
                && targetLow == other.targetLow
                && intervalMs == other.intervalMs
                && misses == other.misses
                && family == other.family;
    }

    @Override
    public String toString() {
        return isPresent()
                ? " keepalive " + family + " " + Long.toHexString(targetHigh) + "/" + Long.toHexString(targetLow) + " "
                        + intervalMs + " ms " + misses
                : "";
    }
}

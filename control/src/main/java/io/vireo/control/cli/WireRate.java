package io.vireo.control.cli;

/** The rate between two samples of a counter of bytes. */
final class WireRate {
    private static final int BITS_PER_BYTE = 8;
    private static final double NS_PER_SECOND = 1e9;

    private WireRate() {}

    /** @param intervalNs time in which the bytes were counted; positive. */
    static long bitsPerSecond(long bytes, long intervalNs) {
        return Math.round(bytes * BITS_PER_BYTE * NS_PER_SECOND / intervalNs);
    }
}

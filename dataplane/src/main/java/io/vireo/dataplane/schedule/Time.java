package io.vireo.dataplane.schedule;

/**
 * Comparisons of times that go round: virtual time wraps at 2^64, and of two times the later is the one less than half
 * a circle ahead. Real time never wraps and compares the same way.
 */
final class Time {
    /** Later than any time a port will see. */
    static final long NEVER = Long.MAX_VALUE;

    private Time() {}

    static boolean isBefore(long a, long b) {
        return a - b < 0;
    }

    static long later(long a, long b) {
        return a - b < 0 ? b : a;
    }

    static long earlier(long a, long b) {
        return a - b < 0 ? a : b;
    }
}

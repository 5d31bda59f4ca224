package io.vireo.control.supervisor;

import java.util.concurrent.TimeUnit;

/**
 * How long to wait before a dead process is started again: not at all, unless it exits early repeatedly.
 *
 * <p>Single-threaded: the thread that watches the process.
 */
final class RestartBackoff {
    /** A process that ran this long was healthy: its exit resets the count. */
    static final long HEALTHY_AFTER_NS = TimeUnit.SECONDS.toNanos(10);

    /** Early exits in a row after which it is restarted immediately. */
    static final int IMMEDIATE_RESTARTS = 3;

    static final long INITIAL_DELAY_NS = TimeUnit.MILLISECONDS.toNanos(250);
    static final long MAX_DELAY_NS = TimeUnit.SECONDS.toNanos(5);

    private int earlyExits;

    /** Delay before the next start, in nanoseconds, after a life of {@code livedNs}. */
    long delayNs(long livedNs) {
        if (livedNs >= HEALTHY_AFTER_NS) {
            earlyExits = 0;
            return 0;
        }
        earlyExits++;
        if (earlyExits <= IMMEDIATE_RESTARTS) {
            return 0;
        }
        int doublings = Math.min(earlyExits - IMMEDIATE_RESTARTS - 1, 10);
        return Math.min(INITIAL_DELAY_NS << doublings, MAX_DELAY_NS);
    }

    /** Exits in a row of processes that had not become healthy. */
    int earlyExits() {
        return earlyExits;
    }
}

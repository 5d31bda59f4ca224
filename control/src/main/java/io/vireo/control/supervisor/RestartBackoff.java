package io.vireo.control.supervisor;

import java.util.concurrent.TimeUnit;

/**
 * How long to wait before a dead process is started again: not at all, unless it keeps dying young.
 *
 * <p>Single-threaded: the thread that watches the process.
 */
final class RestartBackoff {
    /** A process that lived this long was healthy: its death starts a new count. */
    static final long HEALTHY_AFTER_NS = TimeUnit.SECONDS.toNanos(10);

    /** Deaths in a row that are answered at once. */
    static final int IMMEDIATE_RESTARTS = 3;

    static final long FIRST_DELAY_NS = TimeUnit.MILLISECONDS.toNanos(250);
    static final long LONGEST_DELAY_NS = TimeUnit.SECONDS.toNanos(5);

    private int youngDeaths;

    /** Delay before the next start, in nanoseconds, after a life of {@code livedNs}. */
    long delayNs(long livedNs) {
        if (livedNs >= HEALTHY_AFTER_NS) {
            youngDeaths = 0;
            return 0;
        }
        youngDeaths++;
        if (youngDeaths <= IMMEDIATE_RESTARTS) {
            return 0;
        }
        int doublings = Math.min(youngDeaths - IMMEDIATE_RESTARTS - 1, 10);
        return Math.min(FIRST_DELAY_NS << doublings, LONGEST_DELAY_NS);
    }

    /** Deaths in a row of processes that had not become healthy. */
    int youngDeaths() {
        return youngDeaths;
    }
}

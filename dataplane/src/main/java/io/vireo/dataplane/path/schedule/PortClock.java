package io.vireo.dataplane.path.schedule;

import java.util.Arrays;

/**
 * A port's time as its scheduler knows it, ns: it stands still while the worker is away for long with packets queued.
 * Single user: as {@link PortClasses}.
 *
 * <p>A class with a backlog is owed its guarantee all the time (Stoica, Zhang and Ng, SIGCOMM 1997: its deadline curve begins with the
 * backlog and goes on), also what nobody could have had while nothing was sent. One whose backlog begins afterwards is owed nothing
 * yet, and would wait until the first has caught up: beside other work a worker was away for 375 ms, and a class that was just
 * beginning got nothing for 617.
 */
final class PortClock {
    /** Absences that {@link #elapsedNs} knows of: more than a packet sees, unless it waits for long on a machine that is hardly there. */
    private static final int REMEMBERED = 16;

    private final long absenceNs;
    private final long[] stoppedAtNs = new long[REMEMBERED];
    private final long[] stoodForNs = new long[REMEMBERED];
    private int newest;
    private long offsetNs;
    private long lastNs;

    /** @param absenceNs how far it goes on while the worker is away. */
    PortClock(long absenceNs) {
        this.absenceNs = absenceNs;
        Arrays.fill(stoppedAtNs, Long.MIN_VALUE);
    }

    /**
     * The scheduler's time.
     *
     * @param nowNs of the worker's clock.
     * @param isWaiting whether packets are queued: else nobody is owed anything.
     */
    long at(long nowNs, boolean isWaiting) {
        long awayNs = nowNs - lastNs;
        if (awayNs > absenceNs && isWaiting) {
            stand(awayNs - absenceNs);
        }
        lastNs = Math.max(lastNs, nowNs);
        return nowNs + offsetNs;
    }

    private void stand(long ns) {
        newest = (newest + 1) % REMEMBERED;
        stoppedAtNs[newest] = lastNs + offsetNs;
        stoodForNs[newest] = ns;
        offsetNs -= ns;
    }

    /** The worker's time of a scheduler's time. */
    long workerNs(long schedulerNs) {
        return schedulerNs - offsetNs;
    }

    /** Runs ahead from now on. */
    void skip(long ns) {
        offsetNs += ns;
    }

    /** How long ago something was, with the time during which the clock stood. */
    long elapsedNs(long sinceNs, long schedulerNs) {
        long elapsedNs = schedulerNs - sinceNs;
        for (int n = 0; n < REMEMBERED; n++) {
            int absence = (newest - n + REMEMBERED) % REMEMBERED;
            if (stoppedAtNs[absence] < sinceNs) {
                break;
            }
            elapsedNs += stoodForNs[absence];
        }
        return elapsedNs;
    }
}

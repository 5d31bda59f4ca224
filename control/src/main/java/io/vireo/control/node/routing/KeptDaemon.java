package io.vireo.control.node.routing;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A daemon over its lives: whether it runs, and when it is started again. */
final class KeptDaemon {
    static final long FIRST_DELAY_NS = TimeUnit.SECONDS.toNanos(1);
    static final long MAX_DELAY_NS = TimeUnit.SECONDS.toNanos(60);

    /** Who has run for so long is not likely to end at once again. */
    static final long STEADY_NS = TimeUnit.SECONDS.toNanos(60);

    /** Until a process is there that nothing is known of yet. */
    static final long START_NS = TimeUnit.SECONDS.toNanos(5);

    private long pid = DaemonProcesses.NONE;
    private boolean isStarting;
    private boolean wasStarted;

    /** When it was started, or seen. */
    private long sinceNs;

    private long nextStartNs;
    private long delayNs = FIRST_DELAY_NS;
    private long restarts;
    private @Nullable String failure;

    KeptDaemon(long nowNs) {
        nextStartNs = nowNs;
    }

    long pid() {
        return pid;
    }

    boolean isStarting() {
        return isStarting;
    }

    long restarts() {
        return restarts;
    }

    /** Why it does not run; null: it does, or nothing has gone wrong yet. */
    @Nullable
    String failure() {
        return failure;
    }

    /** How long it will be until it is started again. */
    long delayNs() {
        return delayNs;
    }

    boolean isDue(long nowNs) {
        return !isStarting && nowNs - nextStartNs >= 0;
    }

    boolean isOverdue(long nowNs) {
        return isStarting && nowNs - sinceNs >= START_NS;
    }

    void onStart(long nowNs) {
        isStarting = true;
        sinceNs = nowNs;
        restarts += wasStarted ? 1 : 0;
        wasStarted = true;
    }

    void onSeen(long seenPid, long nowNs) {
        if (seenPid != pid) {
            pid = seenPid;
            sinceNs = nowNs;
            isStarting = false;
            wasStarted = true;
            failure = null;
        } else if (nowNs - sinceNs >= STEADY_NS) {
            delayNs = FIRST_DELAY_NS;
        }
    }

    void onFailure(String reason, long nowNs) {
        onEnd(nowNs + delayNs);
        failure = reason;
        delayNs = Math.min(2 * delayNs, MAX_DELAY_NS);
    }

    /** It was ended, and is started again then. */
    void onEnd(long startNs) {
        pid = DaemonProcesses.NONE;
        isStarting = false;
        nextStartNs = startNs;
    }
}

package io.vireo.control.network.controller;

import java.util.Set;

/** When to plan again around the same links what could not be planned around them. One thread at a time. */
final class PlanRetry {
    /** A node that was away may be back. */
    private static final long PERIOD_MS = 10_000;

    private Set<String> down = Set.of();
    private long version = -1;
    private long failedMs;

    boolean isDue(Set<String> nowDown, long nowVersion, long nowMs) {
        return version != nowVersion || !down.equals(nowDown) || nowMs - failedMs >= PERIOD_MS;
    }

    /** It failed; returns whether for the first time. */
    boolean failed(Set<String> nowDown, long nowVersion, long nowMs) {
        boolean isFirst = version != nowVersion || !down.equals(nowDown);
        down = Set.copyOf(nowDown);
        version = nowVersion;
        failedMs = nowMs;
        return isFirst;
    }
}

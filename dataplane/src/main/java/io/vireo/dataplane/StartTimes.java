package io.vireo.dataplane;

import java.util.concurrent.TimeUnit;

/** How long each part of the start took, for the log: {@code started: DPDK 131 ms, memory 240 ms}. One thread. */
final class StartTimes {
    private final StringBuilder line = new StringBuilder("started:");
    private long sinceNs;
    private String separator = " ";

    /** @param nowNs when the first part begins, by {@link System#nanoTime}. */
    StartTimes(long nowNs) {
        sinceNs = nowNs;
    }

    /** A part has ended, and the next begins. */
    void done(String part, long nowNs) {
        line.append(separator)
                .append(part)
                .append(' ')
                .append(TimeUnit.NANOSECONDS.toMillis(nowNs - sinceNs))
                .append(" ms");
        separator = ", ";
        sinceNs = nowNs;
    }

    /** One line. */
    @Override
    public String toString() {
        return line.toString();
    }
}

package io.vireo.bench.tables;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** The calling thread's CPU time: a busy machine does not look like a slow table. */
public final class CpuClock {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private CpuClock() {}

    /** What the thread has used so far. */
    public static long nowNs() {
        return THREADS.getCurrentThreadCpuTime();
    }

    /** Millions per second of something that happened {@code count} times since {@code startNs}. */
    public static double megaSince(long startNs, long count) {
        return (double) count * 1e3 / (double) (nowNs() - startNs);
    }
}

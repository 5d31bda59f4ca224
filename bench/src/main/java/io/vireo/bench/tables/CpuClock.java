package io.vireo.bench.tables;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** The calling thread's CPU time: a busy machine does not look like a slow table. */
final class CpuClock {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private CpuClock() {}

    static long nowNs() {
        return THREADS.getCurrentThreadCpuTime();
    }

    /** Millions per second of something that happened {@code count} times since {@code startNs}. */
    static double megaSince(long startNs, long count) {
        return (double) count * 1e3 / (double) (nowNs() - startNs);
    }
}

package io.vireo.bench.demo.lab;

import io.vireo.bench.process.CpuTimes;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Finds CPUs that stood still: each counts a tick every 10 ms, for whatever it does or for nothing ({@code /proc/stat}, proc_stat(5)).
 * One that counts none was taken away by the hypervisor, also where that counts no steal. Used by one thread, which reads at
 * even intervals.
 */
final class StuckCpus {
    private static final long TICK_NS = TimeUnit.MILLISECONDS.toNanos(10);

    /** A CPU that counted nothing for so long, one reading at least between, was not only between two ticks. */
    private static final long MIN_NS = 3 * TICK_NS;

    private final Map<String, Counted> cpus = new HashMap<>();

    private static final class Counted {
        private long ticks;
        private long sinceNs;
        private boolean isSeenStuck;
    }

    /**
     * Takes in a reading.
     *
     * @param nowNs its time, {@link System#nanoTime}
     * @param times what the CPUs have counted by then
     * @return for how long a CPU stood still that has gone on since the reading before, ns: the longest; 0 for none. It may
     *     have been shorter, by an interval of the readings and a tick.
     */
    long read(long nowNs, CpuTimes times) {
        long longestNs = 0;
        for (Map.Entry<String, Long> cpu : times.countedTicks().entrySet()) {
            longestNs = Math.max(longestNs, read(nowNs, cpu.getKey(), cpu.getValue()));
        }
        return longestNs;
    }

    private long read(long nowNs, String cpu, long ticks) {
        Counted counted = cpus.computeIfAbsent(cpu, _ -> new Counted());
        if (ticks == counted.ticks) {
            counted.isSeenStuck = true;
            return 0;
        }
        long stoodNs = nowNs - counted.sinceNs;
        boolean hasStood = counted.isSeenStuck && stoodNs >= MIN_NS + TICK_NS;
        counted.ticks = ticks;
        counted.sinceNs = nowNs;
        counted.isSeenStuck = false;
        return hasStood ? stoodNs : 0;
    }
}

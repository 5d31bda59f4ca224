package io.vireo.bench.demo.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Finds CPUs that stood still: each counts a tick every 10 ms, for whatever it does or for nothing ({@code /proc/stat}, proc_stat(5)).
 * One that counts none was taken away by the hypervisor, also where that counts no steal. Used by one thread, which reads at
 * even intervals.
 */
final class StuckCpus {
    private static final Path STAT = Path.of("/proc/stat");
    private static final long TICK_NS = TimeUnit.MILLISECONDS.toNanos(10);

    /** A CPU that counted nothing for so long, one reading at least between, was not only between two ticks. */
    private static final long MIN_NS = 3 * TICK_NS;

    private final Map<String, Counted> cpus = new HashMap<>();

    private static final class Counted {
        private long ticks;
        private long sinceNs;
        private boolean isSeenStuck;
    }

    /** Reads the counters; returns what {@link #read(long, List)} does. */
    long read(long nowNs) throws IOException {
        return read(nowNs, Files.readAllLines(STAT));
    }

    /**
     * Takes in a reading.
     *
     * @param nowNs its time, {@link System#nanoTime}
     * @param lines of {@code /proc/stat}
     * @return for how long a CPU stood still that has gone on since the reading before, ns: the longest; 0 for none. It is known to one
     *     interval of the readings, and may have been shorter by that.
     */
    long read(long nowNs, List<String> lines) {
        long longestNs = 0;
        for (String line : lines) {
            String[] fields = line.split(" +", -1);
            if (fields[0].matches("cpu[0-9]+")) {
                longestNs = Math.max(longestNs, read(nowNs, fields[0], ticks(fields)));
            }
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
        return hasStood ? stoodNs - TICK_NS : 0;
    }

    private static long ticks(String[] fields) {
        return Arrays.stream(fields, 1, fields.length)
                .mapToLong(Long::parseLong)
                .sum();
    }
}

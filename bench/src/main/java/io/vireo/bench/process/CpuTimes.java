package io.vireo.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the kernel has counted of each CPU since the machine's start, at one instant ({@code /proc/stat}, proc_stat(5)).
 *
 * <p>Steal is for how long the hypervisor let a CPU stand that had work to do. A frame that arrives meanwhile waits, whichever device is
 * to forward it.
 */
public final class CpuTimes {
    private static final Path STAT = Path.of("/proc/stat");

    /** Linux counts in hundredths of a second for programs, on every machine that Vireo runs on. */
    private static final int TICK_MS = 10;

    /** Of user, nice, system, idle, iowait, irq, softirq, steal. */
    private static final int STEAL = 7;

    private static final String ALL = "cpu";

    private final Map<String, long[]> ticks;

    private CpuTimes(Map<String, long[]> ticks) {
        this.ticks = ticks;
    }

    /** Reads them. */
    public static CpuTimes now() throws IOException {
        return of(Files.readAllLines(STAT));
    }

    /** As lines of {@code /proc/stat} say. */
    public static CpuTimes of(List<String> lines) {
        Map<String, long[]> ticks = new LinkedHashMap<>();
        for (String line : lines) {
            String[] fields = line.split(" +", -1);
            if (fields[0].matches("cpu[0-9]*")) {
                ticks.put(
                        fields[0],
                        Arrays.stream(fields).skip(1).mapToLong(Long::parseLong).toArray());
            }
        }
        return new CpuTimes(ticks);
    }

    /**
     * Time that was stolen from a CPU, milliseconds, in steps of 10.
     *
     * @throws IllegalArgumentException when there is no such CPU
     */
    public long stolenMs(int cpu) {
        return stolenMs(ALL + cpu);
    }

    /** Time that was stolen from all CPUs together, milliseconds, in steps of 10. */
    public long stolenMs() {
        return stolenMs(ALL);
    }

    /** What each CPU has counted in all, whatever it did, or nothing, in ticks of 10 ms, by its name. */
    public Map<String, Long> countedTicks() {
        Map<String, Long> counted = new LinkedHashMap<>();
        ticks.forEach((name, kinds) -> {
            if (!name.equals(ALL)) {
                counted.put(name, Arrays.stream(kinds).sum());
            }
        });
        return counted;
    }

    private long stolenMs(String name) {
        long[] kinds = ticks.get(name);
        if (kinds == null || kinds.length <= STEAL) {
            throw new IllegalArgumentException("cpu: " + STAT + " does not know " + name);
        }
        return kinds[STEAL] * TICK_MS;
    }
}

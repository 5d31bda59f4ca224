package io.vireo.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * For how long the hypervisor let a CPU stand that had work to do: "steal" of {@code /proc/stat}, proc_stat(5). A frame that
 * arrives meanwhile waits, whichever device is to forward it.
 */
public final class StealTime {
    private static final Path STAT = Path.of("/proc/stat");

    /** Linux counts in hundredths of a second for programs, on every machine that Vireo runs on. */
    private static final int TICK_MS = 10;

    /** After the CPU's name: user, nice, system, idle, iowait, irq, softirq, steal. */
    private static final int STEAL = 8;

    private StealTime() {}

    /**
     * Time that was stolen since the machine's start, milliseconds, in steps of 10.
     *
     * @throws IllegalArgumentException when there is no such CPU
     */
    public static long milliseconds(int cpu) throws IOException {
        return milliseconds(Files.readAllLines(STAT), cpu);
    }

    /** As {@link #milliseconds}, of all CPUs together. */
    public static long totalMilliseconds() throws IOException {
        return milliseconds(Files.readAllLines(STAT), "cpu");
    }

    static long milliseconds(List<String> lines, int cpu) {
        return milliseconds(lines, "cpu" + cpu);
    }

    static long milliseconds(List<String> lines, String name) {
        for (String line : lines) {
            String[] fields = line.split(" +", -1);
            if (fields[0].equals(name) && fields.length > STEAL) {
                return Long.parseLong(fields[STEAL]) * TICK_MS;
            }
        }
        throw new IllegalArgumentException("cpu: " + STAT + " does not know " + name);
    }
}

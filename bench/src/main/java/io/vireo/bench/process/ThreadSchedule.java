package io.vireo.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the kernel's scheduler has counted for a thread: the first two fields of {@code /proc/PID/task/TID/schedstat}
 * (Documentation/scheduler/sched-stats).
 *
 * @param cpuNs time on a CPU since the thread's start, ns
 * @param waitNs time on a run queue since then, ready to run while its CPU ran something else, ns
 */
public record ThreadSchedule(long cpuNs, long waitNs) {
    /**
     * Reads it.
     *
     * @param thread {@code /proc/PID/task/TID}
     */
    public static ThreadSchedule of(Path thread) throws IOException {
        return parse(Files.readString(thread.resolve("schedstat")));
    }

    static ThreadSchedule parse(String schedstat) {
        String[] fields = schedstat.strip().split(" ", -1);
        return new ThreadSchedule(Long.parseLong(fields[0]), Long.parseLong(fields[1]));
    }
}

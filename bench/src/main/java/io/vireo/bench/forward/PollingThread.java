package io.vireo.bench.forward;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The thread of a process that forwards. How long it has run says what it did with its time on a machine that does other
 * work too.
 *
 * @param pid the process
 * @param name the thread's name, as in {@code /proc/PID/task/TID/comm}
 */
record PollingThread(long pid, String name) {
    /** Its CPU time, in nanoseconds; 0 when there is none of the name. */
    long cpuTimeNs() throws IOException {
        long most = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "task"))) {
            for (Path thread : threads) {
                most = Math.max(most, hasName(thread) ? cpuTimeNs(thread) : 0);
            }
        }
        return most;
    }

    private boolean hasName(Path thread) throws IOException {
        try {
            return Files.readString(thread.resolve("comm")).strip().equals(name);
        } catch (NoSuchFileException e) {
            return false; // it ended meanwhile
        }
    }

    /** First field of schedstat: time on a CPU, in nanoseconds (Documentation/scheduler/sched-stats). */
    private static long cpuTimeNs(Path thread) throws IOException {
        String schedstat = Files.readString(thread.resolve("schedstat"));
        return Long.parseLong(schedstat.substring(0, schedstat.indexOf(' ')));
    }
}

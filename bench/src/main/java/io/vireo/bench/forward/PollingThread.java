package io.vireo.bench.forward;

import io.vireo.bench.process.ProcessThreads;
import io.vireo.bench.process.ThreadSchedule;
import java.io.IOException;
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
        long maxNs = 0;
        for (Path thread : ProcessThreads.called(pid, name)) {
            maxNs = Math.max(maxNs, ThreadSchedule.of(thread).cpuNs());
        }
        return maxNs;
    }
}

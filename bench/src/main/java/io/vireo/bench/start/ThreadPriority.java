package io.vireo.bench.start;

import io.vireo.bench.process.ProcessThreads;
import io.vireo.bench.report.NotMeasuredException;
import io.vireo.control.process.Command;
import java.io.IOException;

/** Gives a thread the highest weight among ordinary ones. */
final class ThreadPriority {
    private static final String HIGHEST_NICE = "-20";

    private ThreadPriority() {}

    /**
     * Raises one thread.
     *
     * @param pid its process
     * @param name its name, as in {@code /proc/PID/task/TID/comm}
     * @throws NotMeasuredException when there is no such thread
     */
    static void raise(long pid, String name) throws IOException {
        Command.of("renice", "-n", HIGHEST_NICE, "-p", Integer.toString(ProcessThreads.find(pid, name)))
                .runOrThrow();
    }
}

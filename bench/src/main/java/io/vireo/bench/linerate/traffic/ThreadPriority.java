package io.vireo.bench.linerate.traffic;

import io.vireo.bench.report.NotMeasuredException;
import io.vireo.control.process.Command;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Gives the threads that poll the scheduler's highest ordinary weight. On a machine without isolated CPUs every other thread
 * would take their core for milliseconds now and then, and a ring of 1024 frames lasts for a tenth of one at 10 Mpps. It is
 * done alike for the generator and for every device.
 */
public final class ThreadPriority {
    private static final String HIGHEST_NICE = "-20";

    private ThreadPriority() {}

    /**
     * Raises one thread.
     *
     * @param pid its process
     * @param name its name, as in {@code /proc/PID/task/TID/comm}
     * @throws NotMeasuredException when there is no such thread, or this user may not
     */
    public static void raise(long pid, String name) throws IOException {
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "task"))) {
            for (Path thread : threads) {
                if (isCalled(thread, name)) {
                    Command.of(
                                    "renice",
                                    "-n",
                                    HIGHEST_NICE,
                                    "-p",
                                    thread.getFileName().toString())
                            .runOrThrow();
                    return;
                }
            }
        }
        throw new NotMeasuredException("process " + pid + " has no thread '" + name + "'");
    }

    private static boolean isCalled(Path thread, String name) throws IOException {
        try {
            return Files.readString(thread.resolve("comm")).strip().equals(name);
        } catch (NoSuchFileException e) {
            return false; // it ended meanwhile
        }
    }
}

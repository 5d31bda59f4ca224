package io.vireo.bench.linerate.traffic;

import io.vireo.bench.report.NotMeasuredException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Threads of other processes: {@code /proc/PID/task}. */
public final class ProcessThreads {
    private ProcessThreads() {}

    /**
     * Finds one.
     *
     * @param pid its process
     * @param name its name, as in {@code /proc/PID/task/TID/comm}
     * @return Linux's number of it
     * @throws NotMeasuredException when there is no such thread
     */
    public static int find(long pid, String name) throws IOException {
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "task"))) {
            for (Path thread : threads) {
                if (isCalled(thread, name)) {
                    return Integer.parseInt(thread.getFileName().toString());
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

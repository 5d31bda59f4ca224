package io.vireo.bench.process;

import io.vireo.bench.report.NotMeasuredException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Threads of processes: {@code /proc/PID/task}. */
public final class ProcessThreads {
    private ProcessThreads() {}

    /**
     * Finds those of a name: programs name several alike.
     *
     * @param pid their process
     * @param name their name, as in {@code /proc/PID/task/TID/comm}
     * @return their directories {@code /proc/PID/task/TID}
     */
    public static List<Path> called(long pid, String name) throws IOException {
        List<Path> called = new ArrayList<>();
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "task"))) {
            for (Path thread : threads) {
                if (isCalled(thread, name)) {
                    called.add(thread);
                }
            }
        }
        return called;
    }

    /**
     * Finds one.
     *
     * @param pid its process
     * @param name its name, as in {@code /proc/PID/task/TID/comm}
     * @return Linux's number of it
     * @throws NotMeasuredException when there is no such thread
     */
    public static int find(long pid, String name) throws IOException {
        List<Path> called = called(pid, name);
        if (called.isEmpty()) {
            throw new NotMeasuredException("process " + pid + " has no thread '" + name + "'");
        }
        return Integer.parseInt(called.getFirst().getFileName().toString());
    }

    private static boolean isCalled(Path thread, String name) throws IOException {
        try {
            return Files.readString(thread.resolve("comm")).strip().equals(name);
        } catch (IOException e) {
            if (Files.exists(thread)) {
                throw e;
            }
            return false; // it ended meanwhile
        }
    }
}

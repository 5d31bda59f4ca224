package io.vireo.bench.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Starts programs and ends them, each by its own process id; those still running when this JVM ends, by Ctrl-C too, end with it. */
public final class ChildProcesses {
    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();
    private static final Set<Path> DIRECTORIES = ConcurrentHashMap.newKeySet();
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final int TERMINATE_TIMEOUT_SECONDS = 5;

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(ChildProcesses::endAll, "end-children"));
    }

    private ChildProcesses() {}

    /**
     * Starts a program without input.
     *
     * @param log receives what it prints
     */
    public static Process start(List<String> command, Path log) throws IOException {
        return register(new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start());
    }

    /** Has a program ended with this JVM that somebody else started. */
    public static Process register(Process process) {
        RUNNING.add(process);
        return process;
    }

    /** Ends a program: SIGTERM, then SIGKILL. */
    public static void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(TERMINATE_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        RUNNING.remove(process);
    }

    /** Makes a directory in memory for a program; it goes with this JVM when it was not {@linkplain #remove removed} before. */
    public static Path directory(String prefix) throws IOException {
        Path directory = Files.createTempDirectory(MEMORY, prefix);
        DIRECTORIES.add(directory);
        return directory;
    }

    /** Removes a program's directory with all that is in it; the program must have ended. */
    public static void remove(Path directory) {
        DIRECTORIES.remove(directory);
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        } catch (IOException e) {
            System.err.println("vireo: " + directory + " could not be removed: " + e);
        }
    }

    private static void endAll() {
        RUNNING.forEach(Process::destroy); // one that has ended long ago stays ended
        RUNNING.forEach(ChildProcesses::end);
        DIRECTORIES.forEach(ChildProcesses::remove);
    }
}

package io.vireo.bench.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Starts programs and ends them, each by its own process id; those still running when this JVM ends, by Ctrl-C too, end with it. */
public final class Children {
    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();
    private static final int PATIENCE_SECONDS = 5;

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(Children::endAll, "end-children"));
    }

    private Children() {}

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

    /** Ends a program: politely, then not. */
    public static void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        RUNNING.remove(process);
    }

    private static void endAll() {
        RUNNING.forEach(Process::destroy); // one that has ended long ago stays ended
        RUNNING.forEach(Children::end);
    }
}

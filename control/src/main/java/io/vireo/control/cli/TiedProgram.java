package io.vireo.control.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that does not outlive who started it, whichever way that ends. */
final class TiedProgram {
    /** What the terminal interrupts with us has that long to end by itself: {@code ping} prints its statistics. */
    private static final long GRACE_MS = 1_000;

    private TiedProgram() {}

    /**
     * Runs a program with our input and output, and waits for it.
     *
     * @return its exit status.
     * @throws IOException when {@code setpriv(1)} is missing.
     */
    static int run(List<String> command) throws IOException, InterruptedException {
        Process program = new ProcessBuilder(tied(command)).inheritIO().start();
        Thread end = new Thread(() -> end(program), "end-of-program");
        Runtime.getRuntime().addShutdownHook(end);
        int status = program.waitFor();
        Runtime.getRuntime().removeShutdownHook(end);
        return status;
    }

    /** The command line of a program that the kernel kills when the thread that started it has ended, by SIGKILL even. */
    static List<String> tied(List<String> command) {
        List<String> tied = new ArrayList<>(List.of("setpriv", "--pdeathsig", "KILL", "--"));
        tied.addAll(command);
        return tied;
    }

    private static void end(Process program) {
        try {
            if (!program.waitFor(GRACE_MS, TimeUnit.MILLISECONDS)) {
                program.destroy();
            }
            if (!program.waitFor(GRACE_MS, TimeUnit.MILLISECONDS)) {
                program.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

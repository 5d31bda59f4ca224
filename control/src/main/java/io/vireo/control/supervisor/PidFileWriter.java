package io.vireo.control.supervisor;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;

/**
 * Gets one process named in its pid file, however often that fails: a full disk stops neither the process nor who watches
 * it, but a process that is not named is not adopted by the next supervisor. A reason is logged once, not at each attempt.
 *
 * <p>One thread.
 */
final class PidFileWriter {
    private static final System.Logger LOGGER = System.getLogger(PidFileWriter.class.getName());

    private final PidFile file;
    private final ProcessHandle process;
    private final RestartBackoff pauses = new RestartBackoff();
    private String reported = "";

    PidFileWriter(PidFile file, ProcessHandle process) {
        this.file = file;
        this.process = process;
    }

    /** Tries once; whether the file names the process now. */
    boolean attempt() {
        try {
            file.write(process);
        } catch (IOException | RuntimeException e) {
            report(e.toString());
            return false;
        }
        if (!reported.isEmpty()) {
            LOGGER.log(Level.INFO, "{0} names pid {1} now", file.path(), Long.toString(process.pid()));
        }
        return true;
    }

    /** How long to wait before the next attempt, in nanoseconds. */
    long pauseNs() {
        return pauses.delayNs(0);
    }

    /** Tries until it succeeds or the thread is interrupted. */
    void attemptUntilWritten() {
        try {
            while (!attempt()) {
                TimeUnit.NANOSECONDS.sleep(pauseNs());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void report(String reason) {
        if (!reason.equals(reported)) {
            reported = reason;
            LOGGER.log(
                    Level.WARNING,
                    "{0} cannot name pid {1}, tried again while it runs: {2}",
                    file.path(),
                    Long.toString(process.pid()),
                    reason);
        }
    }
}

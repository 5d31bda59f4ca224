package io.vireo.control.cli;

import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Reports on standard error what is being done, after two seconds and every two seconds from then. */
public final class ProgressMessage {
    private static final int PERIOD_SECONDS = 2;

    private ProgressMessage() {}

    /** Does the work, and reports progress if it takes long. */
    public static <T> T during(PrintWriter err, String activity, Supplier<T> work) {
        CountDownLatch done = new CountDownLatch(1);
        Thread.ofVirtual().start(() -> report(err, activity, done));
        try {
            return work.get();
        } finally {
            done.countDown();
        }
    }

    private static void report(PrintWriter err, String activity, CountDownLatch done) {
        try {
            int seconds = PERIOD_SECONDS;
            while (!done.await(PERIOD_SECONDS, TimeUnit.SECONDS)) {
                err.println("vireo: " + activity + " … " + seconds + " s");
                err.flush();
                seconds += PERIOD_SECONDS;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

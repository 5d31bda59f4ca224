package io.vireo.dataplane;

import io.vireo.dataplane.wire.memory.SharedMemoryException;
import io.vireo.dpdk.DpdkException;
import java.util.concurrent.CountDownLatch;

/** The process: concludes the settings, runs a data plane until it is asked to stop, and stops it cleanly. */
public final class DataplaneMain {
    private static final int START_FAILED = 1;

    private DataplaneMain() {}

    /** Arguments are settings of the form {@code vireo.x=y}; see {@link Context}. */
    public static void main(String[] arguments) throws InterruptedException {
        try {
            run(Context.conclude(arguments, System.getProperties()));
        } catch (StartException | DpdkException | SharedMemoryException | IllegalArgumentException e) {
            System.err.println("vireo data plane: " + e.getMessage());
            Runtime.getRuntime().halt(START_FAILED);
        }
    }

    private static void run(Context context) throws InterruptedException {
        System.out.print(context.description());
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        try (Dataplane dataplane = Dataplane.start(context)) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> awaitStop(asked, stopped), "vireo-stop"));
            System.out.println("ready");
            asked.await();
            System.out.println("stopping, " + dataplane.buffersInUse() + " packet buffers in use");
        } finally {
            stopped.countDown();
        }
    }

    /** Runs in the shutdown hook, which must not end before the data plane has stopped. */
    private static void awaitStop(CountDownLatch asked, CountDownLatch stopped) {
        asked.countDown();
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

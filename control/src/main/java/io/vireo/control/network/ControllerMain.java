package io.vireo.control.network;

import io.vireo.control.store.StoreException;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/**
 * The controller's process. Started and restarted by its supervisor; the nodes forward on while it is away. Exit statuses: 0 after a
 * signal, 1 failed, 2 wrong command line, 4 its store cannot be used.
 */
public final class ControllerMain {
    private static final System.Logger LOGGER = System.getLogger(ControllerMain.class.getName());
    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final int STORE_UNUSABLE = 4;

    private ControllerMain() {}

    /** Runs the controller until a signal ends it. */
    public static void main(String[] args) {
        try {
            run(ControllerArguments.parse(args));
        } catch (IllegalArgumentException e) {
            exit(USAGE, e);
        } catch (StoreException e) {
            exit(STORE_UNUSABLE, e);
        } catch (IOException | RuntimeException e) {
            LOGGER.log(System.Logger.Level.ERROR, "the controller cannot run", e);
            exit(FAILED, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void run(ControllerArguments arguments) throws IOException, InterruptedException {
        Controller controller = Controller.start(arguments);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            controller.close();
                            // To be ended by a signal is success; the JVM would say 143.
                            Runtime.getRuntime().halt(0);
                        },
                        "end"));
        new CountDownLatch(1).await();
    }

    private static void exit(int status, Exception e) {
        System.err.println("controller: " + (e.getMessage() == null ? e : e.getMessage()));
        System.exit(status);
    }
}

package io.vireo.control;

import io.vireo.control.node.NodeLockedException;
import io.vireo.control.store.StoreException;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;

/**
 * The control process of a node: stores the desired state, applies it to Linux and the data plane, and answers on the
 * control socket. Started and restarted by the supervisor; the data plane forwards on while it is away. Its options and
 * exit statuses are in {@link ControlArguments#USAGE}.
 */
public final class ControlMain {
    private static final System.Logger LOGGER = System.getLogger(ControlMain.class.getName());
    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final int LOCKED = 3;
    private static final int STORE_UNUSABLE = 4;

    private ControlMain() {}

    /** Runs control until a signal ends it. */
    public static void main(String[] args) {
        if (Arrays.asList(args).contains("--help")) {
            System.out.print(ControlArguments.USAGE);
            return;
        }
        ControlArguments arguments;
        try {
            arguments = ControlArguments.parse(args);
        } catch (IllegalArgumentException e) {
            System.err.println("control: " + e.getMessage());
            System.exit(USAGE);
            return;
        }
        try {
            run(arguments);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            // On a signal the JVM is ending already, and the hook sets the status.
            System.exit(explain(e));
        }
    }

    private static void run(ControlArguments arguments) throws IOException, InterruptedException {
        Control control = Control.start(arguments);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            control.close();
                            LOGGER.log(System.Logger.Level.INFO, "control of node {0} has ended", arguments.node());
                            // To be ended by a signal is success; the JVM would say 143.
                            Runtime.getRuntime().halt(0);
                        },
                        "end"));
        new CountDownLatch(1).await();
    }

    private static int explain(Exception e) {
        if (!(e instanceof NodeLockedException) && !(e instanceof StoreException)) {
            LOGGER.log(System.Logger.Level.ERROR, "control cannot run", e);
        }
        System.err.println("control: " + (e.getMessage() == null ? e : e.getMessage()));
        return switch (e) {
            case NodeLockedException _ -> LOCKED;
            case StoreException _ -> STORE_UNUSABLE;
            default -> FAILED;
        };
    }
}

package io.vireo.control;

import io.vireo.control.node.NodeLockedException;
import io.vireo.control.store.StoreException;
import io.vireo.control.supervisor.NodePaths;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The control process of a node: stores the desired state, applies it to Linux and the data plane, and answers on the
 * control socket. Started and restarted by the supervisor; the data plane forwards on while it is away.
 */
@Command(
        name = "control",
        description = "The control process of a node; started by `vireo up`.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:ended by SIGTERM or SIGINT",
            "1:failed",
            "2:the command line cannot be understood",
            "3:another control runs on the node",
            "4:the store cannot be used"
        })
public final class ControlMain implements Callable<Integer> {
    private static final System.Logger LOGGER = System.getLogger(ControlMain.class.getName());
    private static final int FAILED = 1;
    private static final int LOCKED = 3;
    private static final int STORE_UNUSABLE = 4;

    @Option(names = "--node", description = "Name of the node (default: ${DEFAULT-VALUE}).", paramLabel = "NAME")
    private String node = NodePaths.DEFAULT_NODE;

    @Option(
            names = "--shared-directory",
            description = "Where the shared memory and the locks are.",
            paramLabel = "DIR")
    private @Nullable Path sharedDirectory;

    @Option(names = "--state-directory", description = "Where the desired state is stored.", paramLabel = "DIR")
    private @Nullable Path stateDirectory;

    @Option(names = "--socket", description = "The control socket.", paramLabel = "PATH")
    private @Nullable Path socket;

    private ControlMain() {}

    /** Runs control until a signal ends it. */
    public static void main(String[] args) {
        int status = new CommandLine(new ControlMain())
                .setExecutionExceptionHandler((e, command, parsed) -> explain(e))
                .execute(args);
        // On a signal the JVM is ending already, and the hook sets the status.
        System.exit(status);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        NodePaths paths = NodePaths.of(node);
        Control control = Control.start(
                node,
                sharedDirectory == null ? paths.sharedDirectory() : sharedDirectory,
                stateDirectory == null ? paths.stateDirectory() : stateDirectory,
                socket == null ? paths.controlSocket() : socket);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            control.close();
                            LOGGER.log(System.Logger.Level.INFO, "control of node {0} has ended", node);
                            // To be ended by a signal is success; the JVM would say 143.
                            Runtime.getRuntime().halt(0);
                        },
                        "end"));
        new CountDownLatch(1).await();
        return 0;
    }

    private static int explain(Exception e) {
        if (!(e instanceof NodeLockedException) && !(e instanceof StoreException)) {
            LOGGER.log(System.Logger.Level.ERROR, "control cannot run", e);
        }
        System.err.println("control: " + (e.getMessage() == null ? e : e.getMessage()));
        return switch (e) {
            case NodeLockedException ignored -> LOCKED;
            case StoreException ignored -> STORE_UNUSABLE;
            case IllegalArgumentException ignored -> CommandLine.ExitCode.USAGE;
            default -> FAILED;
        };
    }
}

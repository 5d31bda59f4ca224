package io.vireo.control.supervisor;

import io.vireo.control.linux.FdKeeper;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The small JVM that keeps a node's data plane and control running and holds its TAP descriptors, or keeps a controller running.
 *
 * <p>Arguments: the {@link Installation}, its name, then settings of the data plane ({@code vireo.x=y}). Ends on SIGTERM, after what
 * it keeps. Exit status 1 when another supervisor runs.
 */
public final class SupervisorMain {
    private static final System.Logger LOGGER = System.getLogger(SupervisorMain.class.getName());

    private SupervisorMain() {}

    /** See the class. */
    public static void main(String[] args) throws IOException {
        Installation installation = Installation.labelled(args[0]);
        NodePaths paths = NodePaths.of(args[1]);
        paths.create();
        try (FileChannel lockFile =
                        FileChannel.open(paths.supervisorLock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                @Nullable FileLock lock = lockFile.tryLock()) {
            if (lock == null) {
                System.err.println("vireo: " + installation.title(paths.node()) + " has a supervisor already");
                System.exit(1);
            }
            run(installation, paths, Arrays.asList(args).subList(2, args.length));
        }
    }

    private static void run(Installation installation, NodePaths paths, List<String> dataPlaneSettings)
            throws IOException {
        PidFileWriter name = new PidFileWriter(paths.pidFile("supervisor"), ProcessHandle.current());
        if (!name.attempt()) {
            Thread.ofPlatform().daemon().start(name::attemptUntilWritten);
        }
        Supervisor supervisor = new Supervisor(
                installation == Installation.NODE
                        ? services(paths, dataPlaneSettings)
                        : List.of(service(paths, "controller", JvmCommand.controller(paths))));
        FdKeeper keeper = FdKeeper.bind(paths.supervisorSocket());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            LOGGER.log(Level.INFO, "stopping {0}", installation.title(paths.node()));
            supervisor.stop();
            keeper.close();
            deletePidFile(paths.pidFile("supervisor"));
        }));
        supervisor.start();
        keeper.run();
    }

    private static void deletePidFile(PidFile file) {
        try {
            file.delete();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "{0} stays: {1}", file.path(), e.toString());
        }
    }

    private static List<Service> services(NodePaths paths, List<String> dataPlaneSettings) {
        return List.of(
                service(
                        paths,
                        "dataplane",
                        CpuPriority.DATA_PLANE.of(
                                JvmCommand.dataPlane(paths.node(), paths.sharedDirectory(), dataPlaneSettings))),
                service(paths, "control", CpuPriority.CONTROL.of(JvmCommand.control(paths))));
    }

    private static Service service(NodePaths paths, String name, List<String> command) {
        return new Service(name, command, paths.log(name), paths.pidFile("supervised-" + name));
    }
}

package io.vireo.control.network;

import io.vireo.control.desired.NodeClock;
import io.vireo.control.network.api.ControllerApi;
import io.vireo.control.network.controller.Mesh;
import io.vireo.control.network.controller.NetworkEvents;
import io.vireo.control.network.controller.NetworkService;
import io.vireo.control.network.controller.PartPlanner;
import io.vireo.control.network.plan.NetworkPlanner;
import io.vireo.control.network.watch.ApiNodeReader;
import io.vireo.control.network.watch.KeyRounds;
import io.vireo.control.network.watch.NetworkWatch;
import io.vireo.control.store.StateStore;
import io.vireo.control.supervisor.PidFile;
import io.vireo.control.telemetry.EventLog;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** The parts of the controller, put together, each started when what it needs is there, and ended in the opposite order. */
final class Controller implements AutoCloseable {
    private static final System.Logger LOGGER = System.getLogger(Controller.class.getName());
    private static final int EVENTS_KEPT = 1_000;

    /** What to close, last started first. */
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    private Controller() {}

    /**
     * Starts a controller with the network that it had.
     *
     * @throws io.vireo.control.store.StoreException when the store cannot be used.
     * @throws IOException when the socket cannot be served, or another controller runs with this state.
     */
    static Controller start(ControllerArguments arguments) throws IOException {
        return start(arguments, new NetworkPlanner(), CoordinatedMesh::of);
    }

    /** Makes what brings parts onto nodes. */
    @FunctionalInterface
    interface MeshFactory {
        Mesh make(StateStore store, InstantSource clock, Executor executor, NetworkEvents events);
    }

    static Controller start(ControllerArguments arguments, PartPlanner planner, MeshFactory mesh) throws IOException {
        Controller controller = new Controller();
        try {
            controller.startParts(arguments, planner, mesh);
            return controller;
        } catch (IOException | RuntimeException e) {
            controller.close();
            throw e;
        }
    }

    private void startParts(ControllerArguments arguments, PartPlanner planner, MeshFactory factory)
            throws IOException {
        lock(arguments.stateDirectory());
        EventLog events = new EventLog(EVENTS_KEPT, System.currentTimeMillis());
        StateStore store = opened(StateStore.open(arguments.stateDirectory()));
        NodeClock clock = NodeClock.ofMachine();
        NetworkEvents published = new NetworkEvents(clock, events::add);
        ExecutorService askers = opened(Executors.newVirtualThreadPerTaskExecutor());
        Mesh mesh = factory.make(store, clock, askers, published);
        NetworkService network = new NetworkService(store, planner, mesh, clock, published);
        network.start();
        opened(RoundThread.start("catch-up", mesh::catchUp));
        NetworkWatch watch = new NetworkWatch(network, new ApiNodeReader(), published, askers, System::nanoTime);
        opened(RoundThread.start("watch", () -> {
            network.revertIfOverdue();
            watch.round();
        }));
        KeyRounds keys = new KeyRounds(network, published);
        opened(RoundThread.start("keys", () -> keys.round(System.nanoTime())));
        opened(ControllerApi.start(arguments.socket(), arguments.name(), network, watch, events));
        PidFile pidFile = new PidFile(arguments.sharedDirectory().resolve("controller.pid"));
        opened(pidFile::delete);
        try {
            pidFile.write(ProcessHandle.current());
        } catch (IOException e) {
            LOGGER.log(System.Logger.Level.WARNING, "{0} is not written: {1}", pidFile.path(), e.toString());
        }
        LOGGER.log(System.Logger.Level.INFO, "controller {0} answers on {1}", arguments.name(), arguments.socket());
    }

    /** Two controllers of one state would each undo what the other one does. */
    private void lock(Path stateDirectory) throws IOException {
        Files.createDirectories(stateDirectory);
        FileChannel file = opened(FileChannel.open(
                stateDirectory.resolve("controller.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE));
        @Nullable FileLock lock = file.tryLock();
        if (lock == null) {
            throw new IOException("another controller runs with the state in " + stateDirectory);
        }
    }

    @Override
    public void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                LOGGER.log(System.Logger.Level.WARNING, "a part of the controller could not be ended cleanly", e);
            }
        }
    }

    private <T extends AutoCloseable> T opened(T part) {
        parts.push(part);
        return part;
    }
}

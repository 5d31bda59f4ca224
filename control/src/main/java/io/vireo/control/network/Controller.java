package io.vireo.control.network;

import io.vireo.control.network.api.ControllerApi;
import io.vireo.control.supervisor.PidFile;
import io.vireo.control.telemetry.EventLog;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
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
        Controller controller = new Controller();
        try {
            controller.startParts(arguments);
            return controller;
        } catch (IOException | RuntimeException e) {
            controller.close();
            throw e;
        }
    }

    private void startParts(ControllerArguments arguments) throws IOException {
        lock(arguments.stateDirectory());
        EventLog events = new EventLog(EVENTS_KEPT, System.currentTimeMillis());
        opened(ControllerApi.start(arguments.socket(), arguments.name(), events));
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

package io.vireo.control;

import io.vireo.control.api.ApiServer;
import io.vireo.control.desired.DesiredState;
import io.vireo.control.desired.NodeClock;
import io.vireo.control.node.NodeContext;
import io.vireo.control.node.NodeService;
import io.vireo.control.store.StateStore;
import io.vireo.control.supervisor.NodePaths;
import io.vireo.control.supervisor.PidFile;
import io.vireo.control.telemetry.EventLog;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The parts of control, put together: store → node → desired state → API, each started when what it needs is there, and
 * ended in the opposite order.
 */
final class Control implements AutoCloseable {
    private static final System.Logger LOGGER = System.getLogger(Control.class.getName());
    private static final int EVENTS_KEPT = 1_000;

    /** What to close, last started first. */
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    private Control() {}

    /**
     * Starts control with the last committed state. The data plane need not be there yet.
     *
     * @throws io.vireo.control.store.StoreException    when the store cannot be used.
     * @throws io.vireo.control.node.NodeLockedException when another control runs on the node.
     * @throws IOException                              when the socket cannot be served.
     */
    static Control start(ControlArguments arguments) throws IOException {
        Control control = new Control();
        try {
            control.startParts(arguments);
            return control;
        } catch (IOException | RuntimeException e) {
            control.close();
            throw e;
        }
    }

    private void startParts(ControlArguments arguments) throws IOException {
        EventLog events = new EventLog(EVENTS_KEPT, System.currentTimeMillis());
        StateStore store = opened(StateStore.open(arguments.stateDirectory()));
        NodeService node = opened(NodeService.start(new NodeContext()
                .nodeName(arguments.node())
                .sharedDirectory(arguments.sharedDirectory())
                .logDirectory(NodePaths.of(arguments.node()).logDirectory())
                .ids(new StoredIds(store.identities()))
                .listener(events::add)));
        DesiredState desired = new DesiredState(arguments.node(), store, node, NodeClock.ofMachine(), events::add);
        desired.start();
        opened(ConfirmationTimer.start(desired));
        opened(ApiServer.start(arguments.socket(), node, desired, events));
        PidFile pidFile = new PidFile(arguments.sharedDirectory().resolve("control.pid"));
        opened(pidFile::delete);
        try {
            pidFile.write(ProcessHandle.current());
        } catch (IOException e) {
            LOGGER.log(System.Logger.Level.WARNING, "{0} is not written: {1}", pidFile.path(), e.toString());
        }
        LOGGER.log(
                System.Logger.Level.INFO,
                "control of node {0} answers on {1} with version {2}",
                arguments.node(),
                arguments.socket(),
                desired.currentVersion().number());
    }

    @Override
    public void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                LOGGER.log(System.Logger.Level.WARNING, "a part of control could not be ended cleanly", e);
            }
        }
    }

    private <T extends AutoCloseable> T opened(T part) {
        parts.push(part);
        return part;
    }
}

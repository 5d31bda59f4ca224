package io.vireo.control.node;

import io.vireo.control.api.ApiServer;
import io.vireo.control.desired.DesiredState;
import io.vireo.control.desired.NodeClock;
import io.vireo.control.http.SocketServer;
import io.vireo.control.store.StateStore;
import io.vireo.control.telemetry.EventLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Nodes with real data planes in a row, each with its API on a socket: what a controller sees of a network. */
public final class ServedNodes implements AutoCloseable {
    private final NodeRow row;
    private final Path directory;
    private final List<String> names = new ArrayList<>();
    private final Deque<Closing> parts = new ArrayDeque<>();

    /** Ends a part. */
    private interface Closing {
        void close() throws IOException;
    }

    /**
     * Starts them without configurations.
     *
     * @param prefix of the names of devices and nodes, a letter
     */
    public ServedNodes(String prefix, Path directory, int count) throws IOException {
        this.directory = directory;
        row = new NodeRow(prefix, directory, 1600, count);
        parts.push(row::close);
        for (int i = 0; i < count; i++) {
            String name = "n" + (i + 1);
            names.add(name);
            StateStore store = StateStore.open(directory.resolve(name));
            parts.push(store::close);
            EventLog events = new EventLog(100);
            DesiredState desired =
                    new DesiredState(name, store, row.node(i).service(), NodeClock.ofMachine(), events::add);
            desired.start();
            SocketServer server = ApiServer.start(socket(name), row.node(i).service(), desired, events);
            parts.push(server::close);
        }
    }

    /** {@code n1}, {@code n2}, …, in the order of the row. */
    public List<String> names() {
        return names;
    }

    /** Where a node's API is. */
    public Path socket(String name) {
        return directory.resolve(name + ".sock");
    }

    /** The node's device on the wire to the one before. */
    public String left(int node) {
        return row.left(node);
    }

    /** The node's device on the wire to the next one. */
    public String right(int node) {
        return row.right(node);
    }

    /** Waits until an address answers a virtual router of the first node. */
    public void awaitPing(String vpn, String router, String address) {
        row.awaitPing(vpn, router, address);
    }

    /** Runs a command in the namespace of a virtual router of the first node. */
    public String in(String vpn, String router, String command) {
        return row.node(0).in(vpn, router, command);
    }

    /** Waits for something, a minute at most. */
    public void await(BooleanSupplier condition, String what) {
        row.await(condition, what);
    }

    @Override
    public void close() throws IOException {
        while (!parts.isEmpty()) {
            parts.pop().close();
        }
    }
}

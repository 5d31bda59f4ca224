package io.vireo.control.api;

import io.vireo.control.cli.ControlClient;
import io.vireo.control.desired.DesiredState;
import io.vireo.control.desired.ManualClock;
import io.vireo.control.http.Operation;
import io.vireo.control.http.SocketServer;
import io.vireo.control.store.StateStore;
import io.vireo.control.telemetry.EventLog;
import io.vireo.control.view.FakeNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A control process in miniature: real store, real API on a real socket, fake node, time by hand. */
public final class ApiFixture implements AutoCloseable {
    public static final String EXAMPLE = """
            ports: [{name: p1, device: null}]
            vpns:
              - name: blue
                id: 101
                routers:
                  - name: r1
                    interfaces: [{name: h1, port: p1, vlan: 10, addresses: [10.0.1.1/24]}]
                    routes: [{prefix: 10.9.0.0/16, via: 10.0.1.2}]
            """;

    private final Path directory;
    private final StateStore store;
    private SocketServer server;
    public final FakeNode node = new FakeNode();
    public final EventLog events = new EventLog(100);
    public final DesiredState desired;
    public final Path socket;
    public final ManualClock clock = new ManualClock();

    public ApiFixture() throws IOException {
        directory = Files.createTempDirectory("vireo-api");
        store = StateStore.open(directory.resolve("state"));
        desired = new DesiredState("test", store, node, clock, events::add);
        socket = directory.resolve("run").resolve("control.sock");
        server = ApiServer.start(socket, node, desired, events);
    }

    /** Ends the server and starts another one, with another log, as a restart of control does. */
    public void restart(EventLog log) throws IOException {
        server.close();
        server = ApiServer.start(socket, node, desired, log);
    }

    public ControlClient client() {
        return ControlClient.connect(socket);
    }

    List<Operation> operations() {
        return ApiServer.operations(node, desired, events);
    }

    @Override
    public void close() throws IOException {
        server.close();
        store.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}

package io.vireo.control.network.api;

import io.vireo.control.desired.VersionConflictException;
import io.vireo.control.http.ApiException;
import io.vireo.control.http.ErrorTable;
import io.vireo.control.http.EventOperations;
import io.vireo.control.http.OpenApi;
import io.vireo.control.http.Operation;
import io.vireo.control.http.Operation.Body;
import io.vireo.control.http.SocketServer;
import io.vireo.control.network.controller.NetworkService;
import io.vireo.control.network.watch.NetworkWatch;
import io.vireo.control.telemetry.EventLog;
import io.vireo.control.view.NotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The API of the controller: its operations, and what their exceptions are answered by. */
public final class ControllerApi {
    private static final ErrorTable ERRORS = ErrorTable.builder()
            .onText(VersionConflictException.class, ApiException::conflict)
            .onText(NotFoundException.class, ApiException::notFound)
            .build();

    private ControllerApi() {}

    /** Summary of the controller itself. */
    record ControllerView(String controller, long pid, Instant startedAt) {}

    /**
     * Starts serving.
     *
     * @param socket path of the socket; a left-over one is replaced.
     * @param name of the controller.
     * @param network that it controls.
     * @param watch of the network.
     * @param events what happens in its network.
     * @throws IOException when the socket cannot be made, or another process answers on it.
     */
    public static SocketServer start(
            Path socket, String name, NetworkService network, NetworkWatch watch, EventLog events) throws IOException {
        return SocketServer.start(socket, operations(name, network, watch, events), ERRORS);
    }

    /** Everything that the API can do. */
    static List<Operation> operations(String name, NetworkService network, NetworkWatch watch, EventLog events) {
        Instant startedAt = Instant.now();
        List<Operation> operations = new ArrayList<>();
        operations.add(Operation.get(
                "/v1/status",
                "Summary of the controller itself.",
                Body.json(ControllerView.class),
                exchange -> exchange.json(
                        new ControllerView(name, ProcessHandle.current().pid(), startedAt))));
        operations.addAll(new NetworkOperations(network).operations());
        operations.addAll(new WatchOperations(network, watch).operations());
        operations.addAll(new EventOperations(events).operations());
        operations.add(Operation.get(
                "/v1/openapi.json",
                "This API, as OpenAPI 3.1.",
                Body.text("application/json"),
                exchange -> exchange.json(
                        OpenApi.describe("Vireo network controller", "/run/vireo/controller.sock", operations))));
        return operations;
    }
}

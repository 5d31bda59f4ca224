package io.vireo.control.api;

import io.vireo.control.desired.CallerGoneException;
import io.vireo.control.desired.DesiredState;
import io.vireo.control.desired.TooManyDocumentsException;
import io.vireo.control.desired.VersionConflictException;
import io.vireo.control.http.ApiException;
import io.vireo.control.http.ErrorTable;
import io.vireo.control.http.EventOperations;
import io.vireo.control.http.Operation;
import io.vireo.control.http.SocketServer;
import io.vireo.control.telemetry.EventLog;
import io.vireo.control.view.DataplaneAbsentException;
import io.vireo.control.view.KeyRefusedException;
import io.vireo.control.view.Node;
import io.vireo.control.view.NotFoundException;
import io.vireo.control.view.TooManyCapturesException;
import io.vireo.control.view.TooManyTablesException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The API of a node: its operations, and what their exceptions are answered by. */
public final class ApiServer {
    private static final ErrorTable ERRORS = ErrorTable.builder()
            .onText(VersionConflictException.class, ApiException::conflict)
            .onText(NotFoundException.class, ApiException::notFound)
            .onText(TooManyCapturesException.class, ApiException::tooMany)
            .onText(TooManyTablesException.class, ApiException::tooMany)
            .onText(TooManyDocumentsException.class, ApiException::tooMany)
            .onText(KeyRefusedException.class, ApiException::conflict)
            .onText(DataplaneAbsentException.class, ApiException::unavailable)
            .onNobody(CallerGoneException.class)
            .build();

    private ApiServer() {}

    /**
     * Starts serving.
     *
     * @param socket  path of the socket; a left-over one is replaced.
     * @param node    the node that is controlled.
     * @param desired its desired state.
     * @param events  its events.
     * @throws IOException when the socket cannot be made, or another process answers on it.
     */
    public static SocketServer start(Path socket, Node node, DesiredState desired, EventLog events) throws IOException {
        return SocketServer.start(socket, operations(node, desired, events), ERRORS);
    }

    /** Everything the API can do. */
    static List<Operation> operations(Node node, DesiredState desired, EventLog events) {
        List<Operation> operations = new ArrayList<>();
        operations.addAll(new ConfigurationOperations(desired).operations());
        operations.addAll(new ReservationOperations(desired).operations());
        operations.addAll(new ViewOperations(node, desired).operations());
        operations.addAll(new KeyOperations(node.keys()).operations());
        operations.addAll(new EventOperations(events).operations());
        operations.addAll(new CaptureOperations(node).operations());
        operations.addAll(new DescriptionOperations(operations).operations());
        return List.copyOf(operations);
    }
}

package io.vireo.control.api;

import io.vireo.control.desired.DesiredState;
import io.vireo.control.telemetry.EventLog;
import io.vireo.control.view.Node;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.unixdomain.server.UnixDomainServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Serves the API on a Unix domain socket. The directory of the socket is 0750 and the socket 0660, both of the group
 * {@code vireo} if there is one ({@link SocketPermissions}); what a peer may do then follows from its credentials.
 */
public final class ApiServer implements AutoCloseable {
    private static final System.Logger LOGGER = System.getLogger(ApiServer.class.getName());

    /** Ours alone, so that its permissions are ours to set; another directory is only restricted when we made it. */
    private static final Path SOCKET_DIRECTORY = Path.of("/run/vireo");

    private final Path socket;
    private final Server server;

    private ApiServer(Path socket, Server server) {
        this.socket = socket;
        this.server = server;
    }

    /**
     * Starts serving.
     *
     * @param socket  path of the socket; a left-over one is replaced.
     * @param node    the node that is controlled.
     * @param desired its desired state.
     * @param events  its events.
     * @throws IOException when the socket cannot be made, or another process answers on it.
     */
    public static ApiServer start(Path socket, Node node, DesiredState desired, EventLog events) throws IOException {
        prepare(socket);
        QueuedThreadPool threads = new QueuedThreadPool(16, 2);
        threads.setName("api");
        threads.setDaemon(true);
        threads.setVirtualThreadsExecutor(Executors.newVirtualThreadPerTaskExecutor());
        Server server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        UnixDomainServerConnector connector =
                new UnixDomainServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setUnixDomainPath(socket);
        connector.setIdleTimeout(Duration.ofMinutes(5).toMillis());
        server.addConnector(connector);
        server.setHandler(new ApiHandler(
                new OperationRouter(operations(node, desired, events)), new PeerReader(Path.of("/etc/group"))));
        server.setErrorHandler(new ProblemErrorHandler());
        try {
            server.start();
            SocketPermissions.restrictSocket(socket);
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("the control socket " + socket + " cannot be served: " + e.getMessage(), e);
        }
        return new ApiServer(socket, server);
    }

    /** Everything the API can do. */
    static List<Operation> operations(Node node, DesiredState desired, EventLog events) {
        List<Operation> operations = new ArrayList<>();
        operations.addAll(new ConfigurationOperations(desired).operations());
        operations.addAll(new ViewOperations(node, desired).operations());
        operations.addAll(new KeyOperations(node.keys()).operations());
        operations.addAll(new StreamOperations(node, events).operations());
        operations.addAll(new DescriptionOperations(operations).operations());
        return List.copyOf(operations);
    }

    @Override
    public void close() {
        try {
            server.stop();
            Files.deleteIfExists(socket);
        } catch (Exception e) {
            LOGGER.log(System.Logger.Level.WARNING, "the control socket could not be closed cleanly", e);
        }
    }

    private static void prepare(Path socket) throws IOException {
        Path directory = socket.toAbsolutePath().getParent();
        if (directory != null) {
            boolean created = !Files.isDirectory(directory);
            Files.createDirectories(directory);
            if (created || directory.equals(SOCKET_DIRECTORY)) {
                SocketPermissions.restrictDirectory(directory);
            }
        }
        if (Files.exists(socket)) {
            if (answers(socket)) {
                throw new IOException("another process answers on " + socket);
            }
            Files.delete(socket);
        }
    }

    private static boolean answers(Path socket) {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return channel.connect(UnixDomainSocketAddress.of(socket));
        } catch (IOException e) {
            return false;
        }
    }
}

package io.vireo.control.http;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.unixdomain.server.UnixDomainServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Serves operations on a Unix domain socket. The directory of the socket is 0750 and the socket 0660, both of the group
 * {@code vireo} if there is one ({@link SocketPermissions}); what a peer may do then follows from its credentials.
 */
public final class SocketServer implements AutoCloseable {
    private static final System.Logger LOGGER = System.getLogger(SocketServer.class.getName());

    /** Ours alone, so that its permissions are ours to set; another directory is only restricted when we made it. */
    private static final Path SOCKET_DIRECTORY = Path.of("/run/vireo");

    private final Path socket;
    private final Server server;

    private SocketServer(Path socket, Server server) {
        this.socket = socket;
        this.server = server;
    }

    /**
     * Starts serving.
     *
     * @param socket path of the socket; a left-over one is replaced.
     * @param operations all that can be asked for.
     * @param errors what their exceptions are answered by.
     * @throws IOException when the socket cannot be made, or another process answers on it.
     */
    public static SocketServer start(Path socket, List<Operation> operations, ErrorTable errors) throws IOException {
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
        server.setHandler(
                new ApiHandler(new OperationRouter(operations), new PeerReader(Path.of("/etc/group")), errors));
        server.setErrorHandler(new ProblemErrorHandler());
        try {
            server.start();
            SocketPermissions.restrictSocket(socket);
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("the socket " + socket + " cannot be served: " + e.getMessage(), e);
        }
        return new SocketServer(socket, server);
    }

    @Override
    public void close() {
        try {
            server.stop();
            Files.deleteIfExists(socket);
        } catch (Exception e) {
            LOGGER.log(System.Logger.Level.WARNING, "the socket could not be closed cleanly", e);
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

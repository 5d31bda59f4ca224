package io.vireo.control.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps file descriptors open for a process that may die: the supervisor holds a detached queue of each TAP device, so
 * that the device's carrier stays on, and daemons their routes, while control is restarted.
 *
 * <p>The protocol, over a Unix {@code SOCK_SEQPACKET} socket, one request and one answer per packet:
 * <pre>
 *   KEEP name  + a descriptor by SCM_RIGHTS   keep it; one kept earlier under the name is closed
 *   DROP name                                 close it; no error when there is none
 *   LIST                                      OK, then the names, one per line
 *   answers: OK [names] | ERR reason
 * </pre>
 * What was kept survives the connection. {@link #run} serves on its caller's thread; {@link #close} ends it from another.
 */
public final class FdKeeper implements AutoCloseable {
    static final String KEEP = "KEEP ";
    static final String DROP = "DROP ";
    static final String LIST = "LIST";
    static final String OK = "OK";
    static final String ERROR = "ERR ";

    private static final Logger LOG = System.getLogger(FdKeeper.class.getName());
    private static final long LISTENER = 0;
    private static final long WAKE = -1;
    private static final long FOREVER_NS = 3_600_000_000_000L;
    private static final long RETRY_PAUSE_MS = 250;

    private final Path path;
    private final SeqPacketSocket listener;
    private final Supplier<SeqPacketSocket> connections;
    private final Epoll epoll = new Epoll("fd keeper");
    private final EventFd wake = new EventFd("fd keeper");
    private final Map<Long, SeqPacketSocket> clients = new HashMap<>();
    private final ConcurrentSkipListMap<String, Descriptor> kept = new ConcurrentSkipListMap<>();
    private final CountDownLatch closeRequested = new CountDownLatch(1);
    private String reportedFailure = "";

    /** @param connections waits for the next connection of {@code listener} */
    FdKeeper(Path path, SeqPacketSocket listener, Supplier<SeqPacketSocket> connections) {
        this.path = path;
        this.listener = listener;
        this.connections = connections;
        epoll.add(listener.descriptor(), LISTENER);
        epoll.add(wake.descriptor(), WAKE);
    }

    /** Listens on {@code path}, of mode 0600, replacing what a predecessor left there. */
    public static FdKeeper bind(Path path) {
        try {
            Files.deleteIfExists(path);
            SeqPacketSocket listener = SeqPacketSocket.listen(path);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
            return new FdKeeper(path, listener, listener::accept);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on " + path, e);
        }
    }

    /** The names of what is kept, sorted. Any thread. */
    public List<String> names() {
        return List.copyOf(kept.keySet());
    }

    /**
     * Serves until {@link #close}, or until its thread is interrupted. What fails meanwhile (a connection cannot be
     * accepted for want of descriptors) is logged and tried again: with this loop all carriers would go.
     */
    public void run() {
        try {
            while (!closing()) {
                serveOnce();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            release();
        }
    }

    /** Ends {@link #run}, which closes everything that is kept. Any thread, once. */
    @Override
    public void close() {
        closeRequested.countDown();
        wake.signal();
    }

    private boolean closing() {
        return closeRequested.getCount() == 0;
    }

    private void serveOnce() throws InterruptedException {
        try {
            epoll.await(FOREVER_NS, this::onReadable);
            reportedFailure = "";
        } catch (RuntimeException e) {
            if (!e.toString().equals(reportedFailure)) {
                reportedFailure = e.toString();
                LOG.log(Level.WARNING, "The keeper of descriptors failed and tries again: {0}", reportedFailure);
            }
            boolean closed =
                    closeRequested.await(RETRY_PAUSE_MS, TimeUnit.MILLISECONDS); // what failed is still readable
            if (closed) {
                LOG.log(Level.INFO, "The keeper of descriptors ends while something fails: {0}", reportedFailure);
            }
        }
    }

    private void onReadable(long token) {
        if (token == LISTENER) {
            onConnection();
        } else if (token != WAKE) {
            onRequest(token);
        }
    }

    private void onConnection() {
        SeqPacketSocket client = connections.get();
        long token = client.descriptor().number();
        try {
            epoll.add(client.descriptor(), token);
            clients.put(token, client);
        } catch (RuntimeException e) {
            client.close();
            throw e;
        }
    }

    private void onRequest(long token) {
        SeqPacketSocket client = clients.get(token);
        if (client == null) {
            return;
        }
        try {
            SeqPacketSocket.Message message = client.receive();
            if (message != null) {
                client.send(answer(message));
                return;
            }
        } catch (RuntimeException e) {
            LOG.log(Level.INFO, "The connection of a keeper''s client ended: {0}", e.toString());
        }
        clients.remove(token);
        client.close();
    }

    private String answer(SeqPacketSocket.Message message) {
        String text = message.text();
        Descriptor attached = message.attached();
        if (text.startsWith(KEEP) && attached != null) {
            replace(text.substring(KEEP.length()), attached);
            return OK;
        }
        if (attached != null) {
            attached.close();
        }
        if (text.startsWith(DROP)) {
            replace(text.substring(DROP.length()), null);
            return OK;
        }
        if (text.equals(LIST)) {
            return OK + "\n" + String.join("\n", kept.keySet());
        }
        return ERROR + (text.startsWith(KEEP) ? "KEEP came without a descriptor" : "unknown request " + text);
    }

    private void replace(String name, @Nullable Descriptor descriptor) {
        Descriptor previous = descriptor == null ? kept.remove(name) : kept.put(name, descriptor);
        if (previous != null) {
            previous.close();
        }
    }

    private void release() {
        clients.values().forEach(SeqPacketSocket::close);
        kept.values().forEach(Descriptor::close);
        kept.clear();
        listener.close();
        epoll.close();
        wake.close();
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "Cannot remove {0}: {1}", path, e.getMessage());
        }
    }
}

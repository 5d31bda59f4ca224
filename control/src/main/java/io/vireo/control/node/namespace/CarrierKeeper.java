package io.vireo.control.node.namespace;

import io.vireo.control.linux.Descriptor;
import io.vireo.control.linux.FdKeeperClient;
import io.vireo.control.linux.LinuxException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Hands a detached queue of each TAP device to the supervisor, so that the carrier outlives this process. While no
 * supervisor listens the queues are kept here, and handed over when one does. Thread-safe.
 */
public final class CarrierKeeper implements AutoCloseable {
    private static final Logger LOG = System.getLogger(CarrierKeeper.class.getName());

    private final Path socket;
    private final Map<String, Descriptor> held = new TreeMap<>();
    private @Nullable FdKeeperClient client;

    public CarrierKeeper(Path socket) {
        this.socket = socket;
    }

    /**
     * Takes over {@code queue}, which keeps the carrier of the device {@code name} on. It is handed over by {@link #handOver}, for
     * many at once: whoever makes a thousand devices does not wait for the supervisor at each.
     */
    public synchronized void keep(String name, Descriptor queue) {
        Descriptor previous = held.put(name, queue);
        if (previous != null) {
            previous.close();
        }
    }

    /** Lets go of the queue of a device. */
    public synchronized void drop(String name) {
        Descriptor own = held.remove(name);
        if (own != null) {
            own.close();
        }
        try {
            FdKeeperClient supervisor = client();
            if (supervisor != null) {
                supervisor.drop(name);
            }
        } catch (LinuxException e) {
            disconnect(e);
        }
    }

    /** Hands over what is still held, if a supervisor listens. */
    public synchronized void handOver() {
        if (held.isEmpty()) {
            return;
        }
        try {
            FdKeeperClient supervisor = client();
            if (supervisor == null) {
                return;
            }
            for (Iterator<Map.Entry<String, Descriptor>> i = held.entrySet().iterator(); i.hasNext(); ) {
                Map.Entry<String, Descriptor> entry = i.next();
                supervisor.keep(entry.getKey(), entry.getValue());
                entry.getValue().close();
                i.remove();
            }
        } catch (LinuxException e) {
            disconnect(e);
        }
    }

    @Override
    public synchronized void close() {
        held.values().forEach(Descriptor::close);
        held.clear();
        if (client != null) {
            client.close();
        }
    }

    private @Nullable FdKeeperClient client() {
        if (client == null && Files.exists(socket)) {
            client = FdKeeperClient.connect(socket);
        }
        return client;
    }

    private void disconnect(LinuxException cause) {
        LOG.log(Level.WARNING, "The supervisor does not keep carriers at present: {0}", cause.getMessage());
        if (client != null) {
            client.close();
            client = null;
        }
    }
}

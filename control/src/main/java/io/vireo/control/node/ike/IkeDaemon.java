package io.vireo.control.node.ike;

import io.vireo.control.linux.LinuxException;
import io.vireo.control.node.events.Events;
import io.vireo.control.node.keys.TunnelKeys;
import io.vireo.control.view.DataplaneAbsentException;
import io.vireo.control.view.EspStatus;
import io.vireo.control.view.IkeStatus;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Negotiates the keys of the tunnels over one underlay: has a charon in its namespace, starts it again when it ends, has it know the
 * connections that there are to be, and hands on the keys that it agrees upon. A thread of its own; {@link #want}, {@link #statuses} and
 * {@link #stop} are for others.
 */
final class IkeDaemon implements Runnable {
    private static final Logger LOG = System.getLogger(IkeDaemon.class.getName());
    private static final long LOOK_MS = 250;
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(LOOK_MS);
    private static final long RESTART_MS = 1_000;
    private static final long END_MS = 3_000;

    private final String underlay;
    private final String namespace;
    private final Path directory;
    private final TunnelKeys keys;
    private final HaKeys haKeys = new HaKeys(new ChildListener());
    private final ByteBuffer message = ByteBuffer.allocateDirect(HaMessage.MAX_BYTES + 1);
    private final Map<String, Negotiation> negotiations = new HashMap<>();
    private final IkeStatuses statuses;
    private final CharonLog log = new CharonLog(this::onFailure);

    /** What the log says, until the thread of this object sees it. */
    private final Map<String, String> failures = new ConcurrentHashMap<>();

    private final Thread thread;
    private volatile Map<String, IkeConnection> wanted = Map.of();
    private volatile boolean running = true;
    private volatile boolean isEnding;
    private volatile @Nullable Selector selector;
    private volatile long charonPid;
    private volatile String lastFailure = "";
    private long nextLookNs = System.nanoTime();

    /** @param directory of charon, which has it for itself. */
    IkeDaemon(String underlay, String namespace, Path directory, TunnelKeys keys, Events events) {
        this.underlay = underlay;
        this.namespace = namespace;
        this.directory = directory;
        this.keys = keys;
        statuses = new IkeStatuses(events);
        thread = Thread.ofPlatform().name("ike-" + underlay).daemon().start(this);
    }

    /** Which connections there are to be, by their names. */
    void want(Map<String, IkeConnection> connections) {
        wanted = Map.copyOf(connections);
    }

    /** The states of its tunnels, by their paths. */
    Map<String, IkeStatus> statuses() {
        return statuses.byPath();
    }

    /** The process of charon; 0 while there is none. */
    long charonPid() {
        return charonPid;
    }

    /** Has no more connections: far ends learn that they have ended, and then charon is ended. */
    void end() {
        isEnding = true;
        try {
            thread.join(END_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        stop();
    }

    /** Ends it, and charon at once: far ends hear nothing, and tunnels keep their keys. */
    void stop() {
        running = false;
        Selector present = selector;
        if (present != null) {
            present.wakeup();
        }
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void run() {
        while (running) {
            lastFailure = "";
            try (CharonProcess charon = CharonProcess.start(namespace, directory, this::onLog)) {
                charonPid = charon.pid();
                serve(charon);
            } catch (IOException | ViciException | LinuxException e) {
                onCharonFailure(String.valueOf(e.getMessage()));
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "IKE of " + underlay + " met an error and begins anew", e);
                onCharonFailure(String.valueOf(e.getMessage()));
            }
            charonPid = 0;
            haKeys.clear();
            negotiations.values().forEach(Negotiation::charonEnded);
            pause();
        }
    }

    private void pause() {
        try {
            if (running) {
                Thread.sleep(RESTART_MS);
            }
        } catch (InterruptedException e) {
            running = false;
        }
    }

    private void onCharonFailure(String reason) {
        if (running) {
            String said = lastFailure.isEmpty() ? "" : "; it said: " + lastFailure;
            wanted.values().forEach(each -> statuses.report(each, IkeStatus.DOWN, null, 0, "charon: " + reason + said));
        }
    }

    private void serve(CharonProcess charon) throws IOException, ViciException {
        try (ViciClient vici = charon.connect();
                Selector opened = Selector.open()) {
            selector = opened;
            charon.ha().register(opened, SelectionKey.OP_READ);
            while (running) {
                opened.select(LOOK_MS);
                opened.selectedKeys().clear();
                receive(charon);
                long nowNs = System.nanoTime();
                if (running && nowNs - nextLookNs >= 0) {
                    nextLookNs = nowNs + LOOK_NS;
                    look(vici, nowNs);
                }
                if (!charon.isAlive()) {
                    throw new IOException("it has ended");
                }
            }
        } finally {
            selector = null;
        }
    }

    private void receive(CharonProcess charon) throws IOException {
        try {
            while (charon.ha().read(message.clear()) > 0) {
                onMessage(message.flip());
            }
        } catch (java.net.PortUnreachableException e) {
            LOG.log(Level.DEBUG, "charon of {0} does not listen yet", underlay);
        }
    }

    private void onMessage(ByteBuffer received) {
        try {
            if (received.remaining() > HaMessage.MAX_BYTES) {
                throw new HaFormatException("longer than " + HaMessage.MAX_BYTES + " bytes");
            }
            HaMessage parsed = HaMessage.parse(received);
            try {
                haKeys.onMessage(parsed);
            } finally {
                parsed.wipe();
            }
        } catch (HaFormatException e) {
            LOG.log(Level.ERROR, "A message of charon of " + underlay + " cannot be used: " + e.getMessage());
        } finally {
            for (int n = 0; n < received.limit(); n++) {
                received.put(n, (byte) 0);
            }
        }
    }

    private final class ChildListener implements HaKeys.Listener {
        @Override
        public void onChildKeys(ChildKeys child) {
            Negotiation negotiation = negotiations.get(child.name());
            if (negotiation == null) {
                child.wipe();
                return;
            }
            LOG.log(Level.DEBUG, "{0}: {1}", negotiation.connection().path(), child);
            negotiation.onChildKeys(child, System.nanoTime());
        }

        @Override
        public void onChildDeleted(int inboundSpi) {
            long nowNs = System.nanoTime();
            negotiations.values().forEach(each -> each.onChildDeleted(inboundSpi, nowNs));
        }
    }

    /** On the thread that reads charon's log. */
    private void onLog(String line) {
        LOG.log(Level.DEBUG, "charon of {0}: {1}", underlay, line);
        log.onLine(line);
        if (line.contains("fail")
                && !line.contains("CLUSTERIP")) { // which hardly any kernel has, and nobody here needs
            lastFailure = line;
        }
    }

    private void onFailure(String name, String remote, String reason) {
        for (IkeConnection each : wanted.values()) {
            boolean isMeant = name.isEmpty()
                    ? each.tunnel().remote().toString().equals(remote) && !isEstablished(each)
                    : each.name().equals(name);
            if (isMeant) {
                failures.put(each.name(), reason);
            }
        }
    }

    /** Then what names no connection is not about it: anybody may send one packet in the far end's name. */
    private boolean isEstablished(IkeConnection connection) {
        IkeStatus status = statuses.byPath().get(connection.path());
        return status != null && status.state().equals(IkeStatus.ESTABLISHED);
    }

    private void look(ViciClient vici, long nowNs) throws IOException, ViciException {
        if (isEnding) {
            wanted = Map.of();
        }
        unloadUnwanted(vici);
        if (isEnding) {
            running = false;
            return;
        }
        for (IkeConnection each : List.copyOf(wanted.values())) {
            negotiations.computeIfAbsent(each.name(), name -> new Negotiation(each, keys, failures, statuses, nowNs));
        }
        Map<String, List<ViciMessage>> sas = new HashMap<>();
        vici.stream(
                "list-sas",
                "list-sa",
                event -> event.sections()
                        .forEach((name, sa) -> sas.computeIfAbsent(name, first -> new ArrayList<>())
                                .add(sa)));
        EspStatus status = statusOrNull();
        for (Negotiation each : negotiations.values()) {
            each.look(vici, sas.getOrDefault(each.connection().name(), List.of()), status, nowNs);
        }
    }

    private void unloadUnwanted(ViciClient vici) throws IOException, ViciException {
        Map<String, IkeConnection> present = wanted;
        for (Negotiation each : List.copyOf(negotiations.values())) {
            IkeConnection connection = each.connection();
            IkeConnection next = present.get(connection.name());
            if (next == null || !next.isSameAs(connection)) {
                each.unload(vici);
                negotiations.remove(connection.name());
            }
        }
    }

    private @Nullable EspStatus statusOrNull() {
        try {
            return keys.status(path -> null);
        } catch (DataplaneAbsentException e) {
            return null;
        }
    }
}

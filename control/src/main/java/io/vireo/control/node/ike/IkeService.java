package io.vireo.control.node.ike;

import io.vireo.control.node.events.Events;
import io.vireo.control.node.keys.TunnelKeys;
import io.vireo.control.node.plan.NodePlan;
import io.vireo.control.node.topology.InterfacePlan;
import io.vireo.control.node.topology.RouterPlan;
import io.vireo.control.view.IkeStatus;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * IKE on this node: one {@link IkeDaemon} for each underlay over which tunnels have keys by it, as the plan in force says. A thread of its
 * own looks at that; any thread may ask for {@link #status}.
 */
public final class IkeService implements AutoCloseable {
    private static final Logger LOG = System.getLogger(IkeService.class.getName());
    private static final long LOOK_MS = 250;

    private final TunnelKeys keys;
    private final Path directory;
    private final Events events;
    private final Map<String, IkeDaemon> daemons = new ConcurrentHashMap<>();
    private final Thread thread;
    private volatile boolean running = true;

    /** @param directory under which each charon has one of its own. */
    public IkeService(TunnelKeys keys, Path directory, Events events) {
        this.keys = keys;
        this.directory = directory;
        this.events = events;
        thread = Thread.ofPlatform().name("ike").daemon().start(this::run);
    }

    /** What IKE says of a tunnel, by its path; null: it has nothing to do with it. */
    public @Nullable IkeStatus status(String path) {
        for (IkeDaemon daemon : daemons.values()) {
            IkeStatus status = daemon.statuses().get(path);
            if (status != null) {
                return status;
            }
        }
        return null;
    }

    /** The process of charon over an underlay, {@code VPN/ROUTER}; 0: there is none. */
    public long charonPid(String underlay) {
        IkeDaemon daemon = daemons.get(underlay);
        return daemon == null ? 0 : daemon.charonPid();
    }

    private void run() {
        while (running) {
            try {
                follow(keys.plan());
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "IKE could not follow the plan", e);
            }
            try {
                Thread.sleep(LOOK_MS);
            } catch (InterruptedException e) {
                running = false;
            }
        }
    }

    private void follow(NodePlan plan) {
        Map<String, Map<String, IkeConnection>> wanted = new HashMap<>();
        for (InterfacePlan each : plan.interfaces().values()) {
            IkeConnection connection = each.adminUp() ? IkeConnection.of(each) : null;
            if (connection != null) {
                wanted.computeIfAbsent(connection.tunnel().underlay().toString(), underlay -> new HashMap<>())
                        .put(connection.name(), connection);
            }
        }
        daemons.forEach((underlay, daemon) -> {
            if (!wanted.containsKey(underlay) || !plan.routers().containsKey(underlay)) {
                daemons.remove(underlay);
                daemon.end();
            }
        });
        wanted.forEach((underlay, connections) -> {
            RouterPlan router = plan.routers().get(underlay);
            if (router != null && router.hasNamespace()) {
                daemons.computeIfAbsent(underlay, name -> daemon(router)).want(connections);
            }
        });
    }

    private IkeDaemon daemon(RouterPlan router) {
        Path own = directory.resolve(Integer.toString(router.routerId()));
        return new IkeDaemon(router.key(), router.namespace(), own, keys, events);
    }

    /** Ends all charons at once: far ends hear nothing, and tunnels keep their keys. */
    @Override
    public void close() {
        running = false;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        daemons.values().forEach(IkeDaemon::stop);
        daemons.clear();
    }
}

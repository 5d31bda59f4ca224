package io.vireo.control.node.mirror;

import io.vireo.control.linux.Epoll;
import io.vireo.control.linux.netlink.RtnetlinkMonitor;
import io.vireo.control.model.IpAddress;
import io.vireo.control.model.IpPrefix;
import io.vireo.control.node.events.Events;
import io.vireo.control.node.forwarding.ForwardingPlane;
import io.vireo.control.node.namespace.RouterNamespace;
import io.vireo.control.node.topology.InterfacePlan;
import io.vireo.control.node.topology.RouterPlan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The virtual routers that the node agent follows. Only its thread uses them, but for {@link #read}. */
public final class VirtualRouters implements AutoCloseable {
    private static final long PROBE_ROUND_NS = 30_000_000_000L;

    /**
     * How often it is looked at what is due. Not with each event: while a thousand routers start, each of their tens of thousands of
     * notifications would have all of them looked at.
     */
    private static final long CATCH_UP_NS = 2_000_000;

    private final Epoll epoll;
    private final Events events;
    private final RtnetlinkMonitor.Buffer buffer = new RtnetlinkMonitor.Buffer();
    private final Map<String, VirtualRouter> byKey = new LinkedHashMap<>();
    private final Map<Long, VirtualRouter> byToken = new HashMap<>();
    private final Map<String, Long> tokens = new HashMap<>();
    private Iterator<VirtualRouter> probing = List.<VirtualRouter>of().iterator();
    private Map<String, Set<IpAddress>> farEnds = Map.of();
    private boolean isChanging;
    private long lastToken;
    private long nextProbeNs;
    private long nextCatchUpNs;

    /** Has {@code epoll} tell of each router's notifications, by tokens above {@code reservedToken}. */
    public VirtualRouters(Epoll epoll, long reservedToken, Events events, long nowNs) {
        this.epoll = epoll;
        this.events = events;
        lastToken = reservedToken;
        nextProbeNs = nowNs;
        nextCatchUpNs = nowNs;
    }

    /**
     * Reads what is in a router's namespace, which takes a while of system calls; any thread may. What changes from then on waits until
     * the router is {@linkplain #follow followed}.
     */
    public VirtualRouter read(RouterPlan router, RouterNamespace namespace) {
        return new VirtualRouter(router, namespace, buffer, events);
    }

    /** Follows a router from now on, in the place of what was followed by its key, and programs what was read. */
    public void follow(VirtualRouter router, ForwardingPlane tables) {
        if (byKey.get(router.sync().name()) != router) {
            register(router);
        }
        router.sync().program(tables);
        router.replay();
    }

    private void register(VirtualRouter router) {
        String key = router.sync().name();
        unregister(key);
        router.farEnds(farEnds.getOrDefault(key, Set.of()), System.nanoTime());
        long token = ++lastToken;
        byKey.put(key, router);
        byToken.put(token, router);
        tokens.put(key, token);
        epoll.add(router.monitor().descriptor(), token);
    }

    /** Has the routers keep the ways to the far ends of tunnels known, by the router's key. */
    public void farEnds(Map<String, Set<IpAddress>> byRouter, long nowNs) {
        farEnds = byRouter;
        byKey.forEach((key, router) -> router.farEnds(byRouter.getOrDefault(key, Set.of()), nowNs));
    }

    /** The longest prefix around an address that a router should have a route for, or null. */
    @Nullable
    public IpPrefix longestMatch(int routerId, IpAddress address) {
        for (VirtualRouter router : byKey.values()) {
            if (router.sync().routerId() == routerId) {
                return router.sync().longestMatch(address);
            }
        }
        return null;
    }

    public void unregister(String key) {
        VirtualRouter router = byKey.remove(key);
        Long token = tokens.remove(key);
        if (router != null && token != null) {
            byToken.remove(token);
            epoll.remove(router.monitor().descriptor());
            router.close();
        }
    }

    @Nullable
    public VirtualRouter get(String key) {
        return byKey.get(key);
    }

    public Collection<VirtualRouter> all() {
        return byKey.values();
    }

    /** The router behind a token has notifications. */
    public void onReadable(long token, long nowNs) {
        VirtualRouter router = byToken.get(token);
        if (router != null) {
            router.poll(nowNs);
        }
    }

    /** Does what notifications have made due; returns whether there was anything. */
    public boolean catchUp(long nowNs) {
        if (nowNs - nextCatchUpNs < 0) {
            return false;
        }
        nextCatchUpNs = nowNs + CATCH_UP_NS;
        boolean busy = false;
        for (VirtualRouter router : byKey.values()) {
            busy |= router.catchUp(nowNs);
            busy |= !isChanging && router.restoreStaticRoutes();
        }
        return busy;
    }

    /**
     * A configuration is being applied, or no more. Meanwhile configured routes are installed by whoever applies it, after all
     * interfaces: a router may have none of its routes yet to be restored, and an interface that comes up is not the last.
     */
    public void changing(boolean isBeingChanged) {
        isChanging = isBeingChanged;
    }

    /** Whether a configuration is being applied. */
    public boolean isChanging() {
        return isChanging;
    }

    /** Takes in everything the kernel has told so far. */
    public void drain(long nowNs) {
        byKey.values().forEach(router -> router.drain(nowNs));
    }

    public void program(ForwardingPlane tables) {
        byKey.values().forEach(router -> router.sync().program(tables));
    }

    public void replay() {
        byKey.values().forEach(VirtualRouter::replay);
    }

    /** The data plane refused an interface; see {@link RouteSync#suspend}. */
    public void suspend(InterfacePlan interfacePlan) {
        byKey.values().stream()
                .filter(router -> router.sync().routerId() == interfacePlan.routerId())
                .forEach(router -> router.sync().suspend(interfacePlan.interfaceId()));
    }

    public int routeCount() {
        return byKey.values().stream()
                .mapToInt(router -> router.sync().routes().size())
                .sum();
    }

    /** Has stale neighbours asked for, one router at a time, so that all are through in half a minute. */
    public void probeNeighbours(long nowNs) {
        if (nowNs - nextProbeNs < 0 || byKey.isEmpty()) {
            return;
        }
        nextProbeNs = nowNs + PROBE_ROUND_NS / byKey.size();
        if (!probing.hasNext()) {
            probing = new ArrayList<>(byKey.values()).iterator();
        }
        VirtualRouter next = probing.next();
        if (byKey.get(next.sync().name()) == next) {
            next.sync().neighbours().probeStale();
        }
    }

    public void probeAllNeighbours() {
        byKey.values().forEach(router -> router.sync().neighbours().probeStale());
    }

    @Override
    public void close() {
        byKey.values().forEach(VirtualRouter::close);
    }
}

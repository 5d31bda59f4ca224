package io.vireo.control.node.mirror;

import io.vireo.control.linux.LinuxException;
import io.vireo.control.linux.netlink.Rtnetlink;
import io.vireo.control.linux.netlink.RtnetlinkMonitor;
import io.vireo.control.model.IpAddress;
import io.vireo.control.model.Route;
import io.vireo.control.node.events.Events;
import io.vireo.control.node.forwarding.AbsentForwardingPlane;
import io.vireo.control.node.namespace.Drift;
import io.vireo.control.node.namespace.RouterNamespace;
import io.vireo.control.node.topology.RouterPlan;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A virtual router that the node agent follows: its namespace's notifications and their mirror. Another thread may make it; then
 * only the agent's uses it.
 */
public final class VirtualRouter implements AutoCloseable {
    private static final Logger LOG = System.getLogger(VirtualRouter.class.getName());
    private static final int POLL_LIMIT = 512;
    private static final long NEVER_NS = Long.MAX_VALUE;

    /** How often neighbours on the way to far ends are asked for that do not answer. */
    private static final long FAR_ENDS_NS = 1_000_000_000L;

    /** How long after a notification it is looked at what is left to Linux, so that a burst of them is reported once. */
    private static final long LIMITATIONS_NS = 200_000_000;

    // Taken by the kernel as it is needed: about 40,000 notifications, half a second of a fast daemon.
    private static final int RECEIVE_BUFFER_BYTES = 32 << 20;

    private final RouterNamespace namespace;
    private final RtnetlinkMonitor monitor;
    private final Rtnetlink netlink;
    private final RouteSync sync;
    private final Events events;
    private List<Route> staticRoutes = List.of();
    private Set<IpAddress> farEnds = Set.of();
    private final Map<IpAddress, Integer> wayMtus = new HashMap<>();
    private boolean staticRoutesDue;
    private List<String> limitations = List.of();
    private final ReadingPace pace = new ReadingPace(System.nanoTime());
    private long limitationsDueNs = System.nanoTime();
    private long farEndsDueNs = NEVER_NS;

    /**
     * Subscribes to the namespace's notifications and reads what is there already.
     *
     * @param buffer what the agent's thread will read notifications into
     */
    VirtualRouter(RouterPlan plan, RouterNamespace namespace, RtnetlinkMonitor.Buffer buffer, Events events) {
        this.namespace = namespace;
        this.events = events;
        monitor = namespace.openMonitor(RECEIVE_BUFFER_BYTES, buffer);
        netlink = namespace.openNetlink();
        sync = new RouteSync(
                plan.key(), plan.routerId(), netlink, AbsentForwardingPlane.INSTANCE, () -> staticRoutesDue = true);
        sync.resynchronise();
    }

    public RouteSync sync() {
        return sync;
    }

    RtnetlinkMonitor monitor() {
        return monitor;
    }

    /**
     * Asks the kernel for a link whose carrier was changed: it reports that to everybody at once then, and otherwise within a
     * second ({@code net/core/link_watch.c}).
     */
    public void refreshLink(String name) {
        netlink.link(name);
    }

    /** What of the namespace is not as the plan says. */
    public List<Drift> drift(RouterPlan plan) {
        return namespace.drift(plan);
    }

    /** The routes to be installed again when an interface has come up, and taken away when it has lost its carrier. */
    public void staticRoutes(RouterPlan plan) {
        staticRoutes = plan.routes();
        sync.labelledRoutes(plan.labelledRoutes());
        lookForNeighbours(System.nanoTime()); // the kernel may have had no word to say about them
    }

    /** The far ends of the tunnels whose packets this router forwards: the way to them is to be known always. */
    void farEnds(Set<IpAddress> addresses, long nowNs) {
        farEnds = addresses;
        wayMtus.keySet().retainAll(addresses);
        lookForNeighbours(nowNs);
    }

    private void lookForNeighbours(long dueNs) {
        farEndsDueNs = isLookingForNeighbours() ? dueNs : NEVER_NS;
    }

    private boolean isLookingForNeighbours() {
        return !farEnds.isEmpty() || sync.hasLabelled();
    }

    /**
     * The largest packet that the way to the far end of a tunnel takes, in bytes, when that was looked at last: at most a second ago. 0 if
     * there is no way; null if it was not looked at yet.
     */
    public @Nullable Integer wayMtu(IpAddress farEnd) {
        return wayMtus.get(farEnd);
    }

    /** Gives a link another MTU. */
    public void setMtu(String name, int mtu) {
        netlink.link(name).filter(link -> link.mtu() != mtu).ifPresent(link -> netlink.setLinkMtu(link, mtu));
    }

    /** Programs everything that is known. */
    void replay() {
        sync.replay();
        lookForNeighbours(System.nanoTime());
        limitationsDueNs = System.nanoTime(); // of what was read before there was a data plane nothing is known yet
    }

    /** Handles some of what waits; returns how many notifications there were. */
    int poll(long nowNs) {
        int count = monitor.poll(sync, POLL_LIMIT);
        sync.settle();
        if (count > 0 && isLookingForNeighbours()) {
            farEndsDueNs = Math.min(farEndsDueNs, nowNs + ReadingPace.SETTLE_NS); // a route to one may have changed
        }
        if (count > 0 && limitationsDueNs == NEVER_NS) {
            limitationsDueNs = nowNs + LIMITATIONS_NS;
        }
        if (sync.isDue()) {
            pace.request(nowNs);
        }
        return count;
    }

    /** Handles everything that waits; returns how many notifications there were. */
    public int drain(long nowNs) {
        int total = 0;
        for (int count = poll(nowNs); count > 0; count = poll(nowNs)) {
            total += count;
        }
        return total;
    }

    /** Does what events have made due; returns whether there was anything. */
    boolean catchUp(long nowNs) {
        boolean isDue = pace.isDue(nowNs);
        if (nowNs >= limitationsDueNs) {
            limitationsDueNs = NEVER_NS;
            reportLimitations();
        }
        if (isDue) {
            resynchronise(nowNs);
        }
        if (nowNs >= farEndsDueNs) {
            lookForNeighbours(nowNs + FAR_ENDS_NS);
            resolveFarEnds();
        }
        return isDue;
    }

    /** Installs the configured routes again if an interface has come up; returns whether one had. */
    boolean restoreStaticRoutes() {
        boolean isDue = staticRoutesDue;
        staticRoutesDue = false;
        if (isDue) {
            installStaticRoutes();
        }
        return isDue;
    }

    /** Reads the namespace anew; returns how many entries differed from what was known. */
    public int resynchronise(long nowNs) {
        drain(nowNs);
        long beganNs = System.nanoTime();
        limitationsDueNs = nowNs;
        int differences = sync.resynchronise();
        pace.read(beganNs, System.nanoTime());
        return differences;
    }

    @Override
    public void close() {
        monitor.close();
        netlink.close();
    }

    /** What of the namespace is left to Linux because the data plane cannot do it, as last reported: a text for each cause. */
    public List<String> limitations() {
        return limitations;
    }

    private void reportLimitations() {
        List<String> before = limitations;
        limitations = sync.limitations();
        for (String text : limitations) {
            if (!before.contains(text)) {
                events.warning("route.slowpath", sync.name(), text);
            }
        }
        if (limitations.isEmpty() && !before.isEmpty()) {
            events.info("route.slowpath", sync.name(), "all packets are forwarded by the data plane again");
        }
    }

    private void resolveFarEnds() {
        try {
            sync.resolveLabelled();
        } catch (LinuxException e) {
            LOG.log(Level.DEBUG, "Next hops of labels are not asked for: {0}", e.getMessage()); // a link is down
        }
        for (IpAddress farEnd : farEnds) {
            try {
                wayMtus.put(farEnd, sync.resolveNeighboursTowards(farEnd));
            } catch (LinuxException e) {
                LOG.log(Level.DEBUG, "The way to {0} is not asked for: {1}", farEnd, e.getMessage()); // a link is down
            }
        }
    }

    private void installStaticRoutes() {
        try {
            namespace.withdrawRoutes(staticRoutes);
            Map<Route, String> pending = namespace.configureRoutes(staticRoutes);
            pending.forEach((route, reason) -> events.info(
                    "route.pending", sync.name() + " " + route.prefix(), "is not installed yet: " + reason));
        } catch (LinuxException e) {
            events.warning("route.pending", sync.name(), "configured routes: " + e.getMessage());
        }
    }
}

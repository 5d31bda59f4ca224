package io.vireo.control.node.mirror;

import io.vireo.control.linux.netlink.AddressMessage;
import io.vireo.control.linux.netlink.LinkMessage;
import io.vireo.control.linux.netlink.NeighbourMessage;
import io.vireo.control.linux.netlink.RouteMessage;
import io.vireo.control.linux.netlink.RouteType;
import io.vireo.control.linux.netlink.Rtnetlink;
import io.vireo.control.linux.netlink.RtnetlinkHandler;
import io.vireo.control.model.AddressFamily;
import io.vireo.control.model.IpAddress;
import io.vireo.control.model.IpPrefix;
import io.vireo.control.node.forwarding.ForwardingPlane;
import io.vireo.control.node.forwarding.ForwardingRoute;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Follows the kernel's tables of one virtual router's namespace, whoever fills them (an operator's {@code ip route}, FRR,
 * BIRD), and keeps the data plane's the same: one route per prefix, the one the kernel would use. What it has found it
 * also keeps, to be replayed to a data plane that starts anew.
 *
 * <p>The kernel does not tell everything: when an interface goes down, loses an address, or a next-hop object vanishes,
 * it removes IPv4 routes in silence ({@code fib_flush()}). After such an event, and after an overrun, the namespace is
 * due for {@link #resynchronise}. Only the node agent's thread uses it.
 */
public final class RouteSync implements RtnetlinkHandler {
    /** How long silent removals are waited for after the event that announces them, so that several cost one dump. */
    static final long SETTLE_NS = 20_000_000;

    /** No resynchronisation is due. */
    static final long NEVER_NS = Long.MAX_VALUE;

    private static final int DUMP_ATTEMPTS = 3;

    private final String name;
    private final int routerId;
    private final Rtnetlink netlink;
    private final RouteResolver resolver = new RouteResolver();
    private final NeighbourSync neighbours;
    private final LinkSync links;
    private final Map<Integer, Integer> suspended = new HashMap<>();
    private final Set<IpPrefix> touchedRoutes = new HashSet<>();
    private final Runnable linkUp;
    private KernelRouteTable routes = new KernelRouteTable();
    private ForwardingPlane tables;
    private boolean due;
    private boolean tracks;

    /**
     * Begins with nothing; {@link #resynchronise} reads what is there.
     *
     * @param netlink requests in the router's namespace; closed by whoever opened it
     * @param tables what is programmed
     * @param linkUp told when an interface has come up, after which the kernel lacks the static routes over it
     */
    RouteSync(String name, int routerId, Rtnetlink netlink, ForwardingPlane tables, Runnable linkUp) {
        this.name = name;
        this.routerId = routerId;
        this.netlink = netlink;
        this.tables = tables;
        this.linkUp = linkUp;
        links = new LinkSync(netlink, resolver, tables);
        neighbours = new NeighbourSync(netlink, resolver, links, tables);
    }

    public String name() {
        return name;
    }

    public int routerId() {
        return routerId;
    }

    public KernelRouteTable routes() {
        return routes;
    }

    /** Whether the kernel may have removed something in silence. */
    boolean isDue() {
        return due;
    }

    /** The kernel's interface {@code ifindex} is the data plane's {@code interfaceId}, which the data plane knows. */
    public void bind(int ifindex, int interfaceId) {
        rebind(ifindex, () -> resolver.bind(ifindex, interfaceId));
        links.onBound(ifindex);
        neighbours.onBound(ifindex);
    }

    /** The data plane is about to lose the interface: what is routed over it is left to the kernel. */
    public void unbind(int ifindex) {
        rebind(ifindex, () -> resolver.unbind(ifindex));
        due = true;
    }

    /** The data plane refused the interface: until it is told everything again, routes over it are left to the kernel. */
    void suspend(int interfaceId) {
        for (LinkMessage link : links.of(interfaceId)) {
            suspended.put(link.ifindex(), interfaceId);
            unbind(link.ifindex());
        }
    }

    /** Programs another data plane from now on; what it has to know is told by {@link #replay}. */
    void program(ForwardingPlane newTables) {
        tables = newTables;
        links.program(newTables);
        neighbours.program(newTables);
    }

    /** Tells everything that is known. */
    void replay() {
        suspended.forEach(resolver::bind);
        suspended.clear();
        links.replay();
        neighbours.replay();
        routes.forEach((prefix, candidates) -> programRoute(prefix, resolve(prefix, candidates)));
    }

    /** Whether an interface of the data plane is up, and with a carrier, in the kernel's view. */
    public boolean isOperational(int interfaceId) {
        return links.of(interfaceId).stream().anyMatch(LinkMessage::isOperational);
    }

    /** What the data plane should have for a prefix, or null. */
    @Nullable
    public ForwardingRoute expected(IpPrefix prefix) {
        return resolve(prefix, routes.get(prefix));
    }

    /** The longest prefix around an address that the data plane should have a route for, or null. */
    @Nullable
    IpPrefix longestMatch(IpAddress address) {
        for (int length = address.family().bits(); length >= 0; length--) {
            IpPrefix prefix = IpPrefix.containing(address, length);
            if (expected(prefix) != null) {
                return prefix;
            }
        }
        return null;
    }

    /**
     * Has the kernel know the neighbours by which an address is reached. The data plane sends there by itself, so that no
     * packet of the kernel's would make it ask.
     */
    void resolveNeighboursTowards(IpAddress address) {
        IpPrefix prefix = longestMatch(address);
        ForwardingRoute route = prefix == null ? null : expected(prefix);
        if (prefix == null || route == null) {
            return;
        }
        for (ForwardingRoute.NextHop nextHop : route.nextHops()) {
            IpAddress gateway = nextHop.gateway(prefix.family());
            for (LinkMessage link : links.of(nextHop.interfaceId())) {
                neighbours.resolve(link.ifindex(), gateway == null ? address : gateway);
            }
        }
    }

    public NeighbourSync neighbours() {
        return neighbours;
    }

    public int interfaceId(int ifindex) {
        return resolver.interfaceId(ifindex);
    }

    /** Remembers from now on what changes, for whoever compares meanwhile. */
    public void beginTracking() {
        endTracking();
        tracks = true;
        neighbours.beginTracking();
    }

    public void endTracking() {
        tracks = false;
        touchedRoutes.clear();
        neighbours.endTracking();
    }

    /** Whether the route of a prefix has changed since {@link #beginTracking}. */
    public boolean isTouched(IpPrefix prefix) {
        return touchedRoutes.contains(prefix);
    }

    /**
     * Reads the kernel's tables anew and programs what differs from what was known.
     *
     * @return how many routes and neighbours differed
     */
    int resynchronise() {
        due = false;
        links.resynchronise();
        int differences = neighbours.resynchronise();
        KernelRouteTable fresh = dumpRoutes();
        KernelRouteTable known = routes;
        Counter differing = new Counter();
        known.forEach((prefix, candidates) -> {
            if (fresh.get(prefix).isEmpty()) {
                differing.count += update(prefix, resolve(prefix, candidates), null);
            }
        });
        fresh.forEach((prefix, candidates) ->
                differing.count += update(prefix, resolve(prefix, known.get(prefix)), resolve(prefix, candidates)));
        routes = fresh;
        return differences + differing.count;
    }

    @Override
    public void onLink(LinkMessage link) {
        LinkMessage before = links.learn(link);
        if (before != null && before.isUp() && !link.isUp()) {
            due = true;
        }
        if (before != null && !before.isOperational() && link.isOperational()) {
            linkUp.run();
        }
    }

    @Override
    public void onLinkRemoved(LinkMessage link) {
        links.forget(link);
        due = true;
    }

    @Override
    public void onAddressRemoved(AddressMessage address) {
        due = true;
    }

    @Override
    public void onRoute(RouteMessage route) {
        if (isRelevant(route)) {
            change(route.prefix(), known(route).with(route.prefix().family(), KernelRoute.of(route)));
        }
    }

    @Override
    public void onRouteReplaced(RouteMessage route) {
        if (isRelevant(route)) {
            change(route.prefix(), known(route).replacing(KernelRoute.of(route)));
        }
    }

    @Override
    public void onRouteRemoved(RouteMessage route) {
        if (isRelevant(route)) {
            change(route.prefix(), known(route).without(route.prefix().family(), KernelRoute.of(route)));
        }
    }

    @Override
    public void onNeighbour(NeighbourMessage neighbour) {
        neighbours.onNeighbour(neighbour);
    }

    @Override
    public void onNeighbourRemoved(NeighbourMessage neighbour) {
        neighbours.onRemoved(neighbour);
    }

    @Override
    public void onNextHop(int nextHopId) {
        due |= routes.uses(nextHopId);
    }

    @Override
    public void onNextHopRemoved(int nextHopId) {
        due |= routes.uses(nextHopId);
    }

    @Override
    public void onOverrun() {
        due = true;
    }

    /**
     * The tables that decide about packets, less what never leaves its link or the machine: the data plane handles
     * link-local, multicast and loopback destinations without a route.
     */
    private static boolean isRelevant(RouteMessage route) {
        IpAddress network = route.prefix().network();
        return (route.table() == RouteMessage.TABLE_MAIN || route.table() == RouteMessage.TABLE_LOCAL)
                && route.tos() == 0
                && route.type() != RouteType.MULTICAST
                && route.type() != RouteType.THROW
                && (route.flags() & RouteMessage.CLONED) == 0
                && !network.isMulticast()
                && !network.isLoopback()
                && !(network.family() == AddressFamily.IPV6 && network.isLinkLocal());
    }

    private void rebind(int ifindex, Runnable change) {
        Map<IpPrefix, ForwardingRoute> affected = new HashMap<>();
        routes.forEach((prefix, candidates) -> {
            ForwardingRoute before = resolve(prefix, candidates);
            if (before != null && candidates.mentions(ifindex)) {
                affected.put(prefix, before);
            }
        });
        change.run();
        affected.forEach((prefix, before) -> update(prefix, before, expected(prefix)));
    }

    private RouteCandidates known(RouteMessage route) {
        return routes.get(route.prefix());
    }

    private void change(IpPrefix prefix, RouteCandidates after) {
        ForwardingRoute before = resolve(prefix, routes.get(prefix));
        routes.put(prefix, after);
        update(prefix, before, resolve(prefix, after));
    }

    private int update(IpPrefix prefix, @Nullable ForwardingRoute before, @Nullable ForwardingRoute after) {
        if (Objects.equals(before, after)) {
            return 0;
        }
        if (tracks) {
            touchedRoutes.add(prefix);
        }
        programRoute(prefix, after);
        return 1;
    }

    /** Makes the data plane have for a prefix what it should have. */
    public void programRoute(IpPrefix prefix, @Nullable ForwardingRoute route) {
        if (route == null) {
            tables.removeRoute(routerId, prefix);
        } else {
            tables.addRoute(routerId, prefix, route);
        }
    }

    private @Nullable ForwardingRoute resolve(IpPrefix prefix, RouteCandidates candidates) {
        ForwardingRoute route = resolver.resolve(prefix.family(), candidates);
        return route == null ? null : route.towards(prefix);
    }

    /** A dump that was disturbed is repeated; the last one is taken as it is, for notifications and audits follow. */
    private KernelRouteTable dumpRoutes() {
        for (int attempt = 1; ; attempt++) {
            KernelRouteTable fresh = new KernelRouteTable();
            boolean ipv4Consistent = dumpRoutes(AddressFamily.IPV4, fresh);
            boolean ipv6Consistent = dumpRoutes(AddressFamily.IPV6, fresh);
            if ((ipv4Consistent && ipv6Consistent) || attempt == DUMP_ATTEMPTS) {
                return fresh;
            }
        }
    }

    private boolean dumpRoutes(AddressFamily family, KernelRouteTable into) {
        return netlink.dumpRoutes(family, route -> {
            if (isRelevant(route)) {
                into.put(route.prefix(), into.get(route.prefix()).with(family, KernelRoute.of(route)));
            }
        });
    }

    private static final class Counter {
        private int count;
    }
}

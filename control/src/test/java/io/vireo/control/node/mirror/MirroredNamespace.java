package io.vireo.control.node.mirror;

import io.vireo.control.linux.IpShell;
import io.vireo.control.linux.Sysctl;
import io.vireo.control.linux.TestNamespace;
import io.vireo.control.linux.netlink.LinkMessage;
import io.vireo.control.linux.netlink.RouteQuery;
import io.vireo.control.linux.netlink.Rtnetlink;
import io.vireo.control.linux.netlink.RtnetlinkMonitor;
import io.vireo.control.model.IpAddress;
import io.vireo.control.model.IpPrefix;
import io.vireo.control.node.forwarding.ForwardingRoute;
import io.vireo.control.node.forwarding.RecordingForwardingPlane;
import io.vireo.control.node.namespace.NamespaceSysctls;
import io.vireo.dataplane.wire.code.AddressUse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A namespace as a virtual router's, its mirror, and the tables that a data plane would have by it. The interfaces h1, h2 and
 * h3 are known to the data plane as 1, 2 and 3; w1 is an operator's own.
 */
final class MirroredNamespace implements AutoCloseable {
    static final List<String> KNOWN = List.of("h1", "h2", "h3");
    static final int MAX_MTU = 1500;
    private static final int ROUTER = 7;
    private static final long PATIENCE_NS = 10_000_000_000L;

    private final TestNamespace test = new TestNamespace();
    private final RecordingForwardingPlane tables = new RecordingForwardingPlane();
    private final Map<Integer, Integer> interfaceIds = new HashMap<>();
    private final IpShell ipv4;
    private final IpShell ipv6;
    private final RtnetlinkMonitor monitor;
    private final Rtnetlink netlink;
    private final RouteQuery query;
    private final RouteSync sync;
    private int resynchronisations;

    MirroredNamespace() {
        test.namespace().run(NamespaceSysctls::apply);
        StringBuilder batch = new StringBuilder("link set lo up\n");
        for (int i = 1; i <= 4; i++) {
            String name = i == 4 ? "w1" : "h" + i;
            String peer = i == 4 ? "w2" : "p" + i;
            batch.append("link add %s type veth peer name %s\n".formatted(name, peer));
            batch.append("link set %s up\nlink set %s up\n".formatted(name, peer));
            batch.append("address add 10.%d.0.1/24 dev %s\n".formatted(i, name));
            batch.append("address add 2001:db8:%d::1/64 dev %s\n".formatted(i, name));
        }
        test.batch(batch.toString());
        ipv4 = new IpShell(test.name(), "-4");
        ipv6 = new IpShell(test.name(), "-6");
        monitor = test.namespace()
                .call(() -> RtnetlinkMonitor.open(test.name(), 64 << 20, new RtnetlinkMonitor.Buffer()));
        netlink = test.namespace().call(() -> Rtnetlink.open(test.name()));
        query = test.namespace().call(() -> RouteQuery.open(test.name()));
        for (LinkMessage link : netlink.links()) {
            if (KNOWN.contains(link.name())) {
                interfaceIds.put(link.ifindex(), KNOWN.indexOf(link.name()) + 1);
            }
        }
        sync = mirror(tables);
    }

    /** A mirror that is made now, as when control has been restarted. */
    private RouteSync mirror(RecordingForwardingPlane plane) {
        RouteSync fresh = new RouteSync("test", ROUTER, netlink, plane, () -> {});
        interfaceIds.forEach((ifindex, interfaceId) -> fresh.bind(ifindex, interfaceId, MAX_MTU));
        fresh.resynchronise();
        return fresh;
    }

    /** Runs a command of iproute2's; returns what it said against it. */
    String run(String command, boolean isIpv4) {
        return (isIpv4 ? ipv4 : ipv6).run(command);
    }

    /** Sets a parameter of the namespace. */
    void sysctl(String name, String value) {
        test.namespace().run(() -> Sysctl.writeIfPresent(name, value));
    }

    /** Takes in what the kernel has notified, and reads anew what it has not. */
    void catchUp() {
        while (monitor.poll(sync, 512) > 0) {
            sync.settle();
        }
        if (sync.isDue()) {
            resynchronisations++;
            sync.resynchronise();
        }
    }

    /** Runs a command that iproute2 says nothing against. */
    void succeed(String command) {
        String answer = run(command, true);
        if (!answer.isEmpty()) {
            throw new IllegalStateException(command + ": " + answer);
        }
    }

    /** Takes in what the kernel notifies until something is so; returns whether it is. */
    boolean catchUpUntil(BooleanSupplier condition) {
        long deadlineNs = System.nanoTime() + PATIENCE_NS;
        while (!condition.getAsBoolean() && System.nanoTime() < deadlineNs) {
            LockSupport.parkNanos(1_000_000);
            catchUp();
        }
        return condition.getAsBoolean();
    }

    /** What the data plane answers for: "interface address". */
    Map<String, AddressUse> addresses() {
        return tables.addresses;
    }

    /** What the kernel would do with a packet. */
    RouteQuery.Answer ask(RouteQuery.Packet packet) {
        return query.ask(packet);
    }

    /**
     * Has the kernel forget the IPv6 destinations that it has cached with next-hop objects. When the route that made one is gone,
     * the kernel forwards packets of other routes of the object by it, but answers a query with ENETUNREACH ({@code
     * inet6_rtm_getroute()} finds {@code rt->from} empty). A policy of IPsec's for nobody makes it look again.
     */
    void forgetCachedDestinations() {
        String policy = " src 100::1/128 dst 100::2/128 dir out";
        ipv6.run("xfrm policy add" + policy);
        ipv6.run("xfrm policy del" + policy);
    }

    /** What the data plane would do with a packet to an address, or null when it has no route. */
    @Nullable
    ForwardingRoute lookUp(IpAddress destination) {
        for (int length = destination.family().bits(); length >= 0; length--) {
            ForwardingRoute found = tables.routes.get(IpPrefix.containing(destination, length));
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** The data plane's number of an interface, or 0 if it does not know it. */
    int interfaceId(int ifindex) {
        return interfaceIds.getOrDefault(ifindex, 0);
    }

    /** The kernel's number of an interface that the data plane knows. */
    int ifindex(String name) {
        int id = KNOWN.indexOf(name) + 1;
        return interfaceIds.entrySet().stream()
                .filter(entry -> entry.getValue() == id)
                .mapToInt(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    boolean isUp(String name) {
        return tables.open.contains(KNOWN.indexOf(name) + 1);
    }

    /** Ethernet address and MTU that the data plane has of an interface. */
    @Nullable
    String link(String name) {
        return tables.links.get(KNOWN.indexOf(name) + 1);
    }

    /** The addresses for which an interface that the data plane knows takes frames beyond its own. */
    Set<Long> macs(String name) {
        return tables.macs.getOrDefault(KNOWN.indexOf(name) + 1, Set.of());
    }

    /** As {@link #macs}, of a data plane that starts now. */
    Set<Long> replayedMacs(String name) {
        RecordingForwardingPlane plane = new RecordingForwardingPlane();
        sync.program(plane);
        sync.replay();
        sync.program(tables);
        return plane.macs.getOrDefault(KNOWN.indexOf(name) + 1, Set.of());
    }

    /** The mirror. */
    RouteSync sync() {
        return sync;
    }

    /** The neighbours that the data plane has, by the bits of their Ethernet addresses. */
    Map<IpAddress, Long> neighbours() {
        return tables.neighbours;
    }

    /** Why packets are left to Linux. */
    List<String> limitations() {
        return sync.limitations();
    }

    /** Where the tables differ from those of a mirror that begins now: a line for each prefix, or nothing. */
    String differencesFromFresh() {
        RecordingForwardingPlane plane = new RecordingForwardingPlane();
        mirror(plane);
        StringBuilder text = new StringBuilder();
        tables.routes.forEach((prefix, route) -> {
            if (!route.equals(plane.routes.get(prefix)) && !route.equals(ForwardingRoute.PUNT)) {
                text.append(prefix + ": has " + route + ", a fresh one " + plane.routes.get(prefix) + "\n");
            }
        });
        plane.routes.forEach((prefix, route) -> {
            if (!tables.routes.containsKey(prefix)) {
                text.append(prefix + ": has none, a fresh one " + route + "\n");
            }
        });
        if (!Objects.equals(plane.neighbours, tables.neighbours)) {
            text.append("neighbours: has " + tables.neighbours + ", a fresh one " + plane.neighbours + "\n");
        }
        return text.toString();
    }

    /** How often everything was read anew. */
    int resynchronisations() {
        return resynchronisations;
    }

    /** What the kernel has, as iproute2 prints it. */
    String kernelState() {
        return String.join(
                "\n",
                test.run("ip -d link"),
                test.run("ip -d route show table all"),
                test.run("ip -d -6 route show table all"),
                test.run("ip nexthop"),
                test.run("ip rule"),
                test.run("ip -6 rule"));
    }

    @Override
    public void close() {
        ipv4.close();
        ipv6.close();
        query.close();
        monitor.close();
        netlink.close();
        test.close();
    }
}

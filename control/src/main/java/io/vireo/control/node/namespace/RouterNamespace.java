package io.vireo.control.node.namespace;

import io.vireo.control.linux.Descriptor;
import io.vireo.control.linux.Errno;
import io.vireo.control.linux.LinuxException;
import io.vireo.control.linux.NetworkNamespace;
import io.vireo.control.linux.TapDevice;
import io.vireo.control.linux.netlink.AddressMessage;
import io.vireo.control.linux.netlink.LinkMessage;
import io.vireo.control.linux.netlink.NextHop;
import io.vireo.control.linux.netlink.RouteMessage;
import io.vireo.control.linux.netlink.RouteType;
import io.vireo.control.linux.netlink.Rtnetlink;
import io.vireo.control.linux.netlink.RtnetlinkMonitor;
import io.vireo.control.model.AddressFamily;
import io.vireo.control.model.InterfaceAddress;
import io.vireo.control.model.IpPrefix;
import io.vireo.control.model.Route;
import io.vireo.control.node.topology.InterfacePlan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The Linux side of a virtual router: its namespace, TAP devices, addresses and static routes. Everything is brought to
 * what it shall be from whatever it is, so that a restarted control adopts what it finds. What others put there (an
 * operator, a daemon) is left alone: ours carries {@link #PROTOCOL}.
 *
 * <p>Thread-safe.
 */
public final class RouterNamespace implements AutoCloseable {
    /** Marks our addresses and routes; free in iproute2's and IANA's lists, and a V. */
    static final int PROTOCOL = 86;

    /** Behind the kernel's default of 0 in IPv4, so that {@code ip route add} overrides a configured route. */
    private static final int STATIC_METRIC = 1;

    private static final String LOOPBACK = "lo";

    private final NetworkNamespace namespace;
    private final Rtnetlink netlink;

    private RouterNamespace(NetworkNamespace namespace, Rtnetlink netlink) {
        this.namespace = namespace;
        this.netlink = netlink;
    }

    /** A TAP device that is there. */
    public record Tap(int ifindex, Descriptor queue, Descriptor carrier) {}

    /** Makes the namespace, or adopts it, and makes it a router. */
    public static RouterNamespace ensure(String name) {
        NetworkNamespace namespace =
                NetworkNamespace.exists(name) ? NetworkNamespace.open(name) : NetworkNamespace.create(name);
        Rtnetlink netlink = namespace.call(() -> {
            NamespaceSysctls.apply();
            return Rtnetlink.open(name);
        });
        RouterNamespace router = new RouterNamespace(namespace, netlink);
        netlink.setLinkFlags(router.link(LOOPBACK), LinkMessage.UP, LinkMessage.UP);
        return router;
    }

    public String name() {
        return namespace.name();
    }

    /** A second socket for requests, for another thread. */
    public Rtnetlink openNetlink() {
        return namespace.call(() -> Rtnetlink.open(name()));
    }

    public RtnetlinkMonitor openMonitor(int receiveBufferBytes, RtnetlinkMonitor.Buffer buffer) {
        return namespace.call(() -> RtnetlinkMonitor.open(name(), receiveBufferBytes, buffer));
    }

    /** Makes the TAP device of an interface, or adopts it; down unless it was up already. */
    public synchronized Tap ensureTap(InterfacePlan plan) {
        Descriptor queue = namespace.call(() -> TapDevice.openQueue(plan.name()));
        Descriptor carrier = namespace.call(() -> TapDevice.openDetachedQueue(plan.name()));
        return new Tap(configureTap(plan).ifindex(), queue, carrier);
    }

    /** Gives the TAP device the configured Ethernet address and MTU, and has it ask for neighbours or not. */
    public synchronized LinkMessage configureTap(InterfacePlan plan) {
        LinkMessage link = link(plan.name());
        if (link.macBits() != plan.mac().bits()) {
            netlink.setLinkMac(link, plan.mac());
        }
        if (link.mtu() != plan.mtu()) {
            netlink.setLinkMtu(link, plan.mtu());
        }
        int flags = plan.attachment().resolvesNeighbours() ? 0 : LinkMessage.NO_ARP;
        if ((link.flags() & LinkMessage.NO_ARP) != flags) {
            netlink.setLinkFlags(link, flags, LinkMessage.NO_ARP);
        }
        return link;
    }

    public synchronized void removeTap(String name) {
        netlink.link(name).ifPresent(netlink::deleteLink);
    }

    /** Brings the interface up or down and its configured addresses to what they shall be. */
    public synchronized void configureInterface(InterfacePlan plan) {
        LinkMessage link = link(plan.name());
        netlink.setLinkFlags(link, plan.adminUp() ? LinkMessage.UP : 0, LinkMessage.UP);
        configureAddresses(link, plan.addresses());
    }

    public synchronized void configureLoopback(List<InterfaceAddress> addresses) {
        configureAddresses(link(LOOPBACK), addresses);
    }

    /**
     * Installs the configured routes and removes those of ours that are configured no more.
     *
     * @return the routes that the kernel does not take at present, each with its reason: an interface is down
     */
    public synchronized Map<Route, String> configureRoutes(List<Route> routes) {
        Map<Route, String> pending = new LinkedHashMap<>();
        Set<IpPrefix> wanted = new HashSet<>();
        for (Route route : routes) {
            wanted.add(route.prefix());
            try {
                netlink.replaceRoute(message(route));
            } catch (LinuxException e) {
                if (!isTransient(e)) {
                    throw e;
                }
                pending.put(route, String.valueOf(e.getMessage()));
            }
        }
        for (RouteMessage surplus : ownRoutes()) {
            if (!wanted.contains(surplus.prefix())) {
                netlink.deleteRoute(surplus);
            }
        }
        return pending;
    }

    @Override
    public synchronized void close() {
        netlink.close();
        namespace.close();
    }

    private void configureAddresses(LinkMessage link, List<InterfaceAddress> addresses) {
        Set<InterfaceAddress> present = new HashSet<>();
        for (AddressMessage address : netlink.addresses()) {
            if (address.ifindex() == link.ifindex() && address.protocol() == PROTOCOL) {
                present.add(address.address());
            }
        }
        for (InterfaceAddress address : addresses) {
            if (!present.remove(address)) {
                netlink.addAddress(link, address, PROTOCOL);
            }
        }
        present.forEach(surplus -> netlink.deleteAddress(link, surplus));
    }

    private List<RouteMessage> ownRoutes() {
        List<RouteMessage> own = new ArrayList<>();
        for (AddressFamily family : AddressFamily.values()) {
            netlink.dumpRoutes(family, route -> {
                if (route.protocol() == PROTOCOL) {
                    own.add(route);
                }
            });
        }
        return own;
    }

    private RouteMessage message(Route route) {
        int ifindex = ifindex(route.interfaceName());
        List<NextHop> nextHops = switch (route.kind()) {
            case UNICAST ->
                route.via().isEmpty()
                        ? List.of(NextHop.of(ifindex, null))
                        : route.via().stream()
                                .map(gateway -> NextHop.of(ifindex, gateway))
                                .toList();
            case BLACKHOLE, UNREACHABLE, PROHIBIT -> List.of();
        };
        return RouteMessage.of(route.prefix(), type(route), PROTOCOL, STATIC_METRIC, nextHops);
    }

    private static RouteType type(Route route) {
        return switch (route.kind()) {
            case UNICAST -> RouteType.UNICAST;
            case BLACKHOLE -> RouteType.BLACKHOLE;
            case UNREACHABLE -> RouteType.UNREACHABLE;
            case PROHIBIT -> RouteType.PROHIBIT;
        };
    }

    private int ifindex(@Nullable String interfaceName) {
        return interfaceName == null ? 0 : link(interfaceName).ifindex();
    }

    private LinkMessage link(String name) {
        return netlink.link(name).orElseThrow(() -> new LinuxException("link", name + " in " + name(), Errno.ENODEV));
    }

    /** Whether the route will be taken once its interface is up; then it is installed again. */
    private static boolean isTransient(LinuxException e) {
        return e.errno() == Errno.ENETUNREACH
                || e.errno() == Errno.ENETDOWN
                || e.errno() == Errno.EHOSTUNREACH
                || (e.errno() == Errno.EINVAL && String.valueOf(e.getMessage()).contains("gateway"));
    }
}

package io.vireo.control.node.namespace;

import io.vireo.control.linux.Errno;
import io.vireo.control.linux.LinuxException;
import io.vireo.control.linux.netlink.LinkMessage;
import io.vireo.control.linux.netlink.NextHop;
import io.vireo.control.linux.netlink.RouteMessage;
import io.vireo.control.linux.netlink.RouteType;
import io.vireo.control.linux.netlink.Rtnetlink;
import io.vireo.control.model.AddressFamily;
import io.vireo.control.model.IpAddress;
import io.vireo.control.model.Route;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The configured routes of a namespace, and those of ours that are there. One thread at a time. */
final class StaticRoutes {
    /** Behind the kernel's default of 0 in IPv4, so that {@code ip route add} overrides a configured route. */
    private static final int METRIC = 1;

    private final Rtnetlink netlink;
    private Set<Route> pending = Set.of();

    /** Whether the kernel has {@code mpls_iptunnel}, as far as is known. */
    private boolean takesLabels = true;

    StaticRoutes(Rtnetlink netlink) {
        this.netlink = netlink;
    }

    /**
     * Installs what is not as it shall be, and then removes those of ours that are configured no more.
     *
     * <p>A route over an interface without a carrier is not installed; one that is there stays, for carriers are away for a moment when
     * control begins anew: {@link #withdraw} takes it.
     *
     * @return the routes that are not installed at present, each with its reason: an interface is down
     */
    Map<Route, String> configure(List<Route> routes) {
        Map<Route, String> refused = new LinkedHashMap<>();
        List<RouteMessage> surplus = ownRoutes();
        for (Route route : onLinkFirst(routes)) {
            try {
                RouteMessage wanted = message(route);
                RouteMessage found = at(wanted, surplus);
                surplus.remove(found);
                if (found == null && isCut(route)) {
                    refused.put(route, route.interfaceName() + " has no carrier");
                } else if (found == null || !isAsWanted(found, wanted) || !isAlive(found)) {
                    install(route, wanted);
                }
            } catch (LinuxException e) {
                if (!isTransient(e)) {
                    throw e;
                }
                refused.put(route, String.valueOf(e.getMessage()));
            }
        }
        surplus.forEach(this::remove);
        pending = Set.copyOf(refused.keySet());
        return refused;
    }

    /**
     * A kernel without {@code mpls_iptunnel} gets an unreachable route instead of one with labels: its own packets must not leave without,
     * and the mirror knows what the data plane is to do.
     */
    private void install(Route route, RouteMessage wanted) {
        try {
            netlink.replaceRoute(wanted);
        } catch (LinuxException e) {
            if (route.labels() == null || e.errno() != Errno.EOPNOTSUPP) {
                throw e;
            }
            takesLabels = false;
            netlink.replaceRoute(message(route));
        }
    }

    /** Takes away what is installed over interfaces that have lost their carriers: the next best routes are to be used. */
    void withdraw(List<Route> routes) {
        List<Route> cut = routes.stream().filter(this::isCut).toList();
        List<RouteMessage> installed = cut.isEmpty() ? List.of() : ownRoutes();
        for (Route route : cut) {
            RouteMessage found = at(message(route), installed);
            if (found != null) {
                remove(found);
            }
        }
    }

    /** Whether a route names an interface that is set up and has no carrier. */
    private boolean isCut(Route route) {
        return route.interfaceName() != null
                && netlink.link(route.interfaceName())
                        .filter(link -> link.isUp() && !link.isOperational())
                        .isPresent();
    }

    /** The gateways of others may be reached by them. */
    private static List<Route> onLinkFirst(List<Route> routes) {
        List<Route> ordered = new ArrayList<>(routes);
        ordered.sort(Comparator.comparing(route -> !route.via().isEmpty()));
        return ordered;
    }

    /** What differs from these routes, without those that the kernel has refused to take. */
    List<Drift> drift(List<Route> routes) {
        List<Drift> drift = new ArrayList<>();
        List<RouteMessage> surplus = ownRoutes();
        Map<String, LinkMessage> links = new LinkedHashMap<>();
        netlink.links().forEach(link -> links.put(link.name(), link));
        for (Route route : routes) {
            LinkMessage link = links.get(String.valueOf(route.interfaceName()));
            RouteMessage wanted = message(route, link == null ? 0 : link.ifindex());
            RouteMessage found = at(wanted, surplus);
            surplus.remove(found);
            if (found == null && !pending.contains(route)) {
                drift.add(new Drift("route " + route.prefix(), "missing"));
            } else if (found != null && !isAsWanted(found, wanted)) {
                drift.add(new Drift("route " + route.prefix(), text(found) + " instead of " + text(wanted)));
            }
        }
        surplus.forEach(route -> drift.add(new Drift("route " + route.prefix(), "not configured")));
        return drift;
    }

    private List<RouteMessage> ownRoutes() {
        List<RouteMessage> own = new ArrayList<>();
        for (AddressFamily family : AddressFamily.values()) {
            netlink.dumpRoutes(family, RouterNamespace.PROTOCOL, own::add);
        }
        return own;
    }

    private void remove(RouteMessage route) {
        try {
            netlink.deleteRoute(route);
        } catch (LinuxException e) {
            if (e.errno() != Errno.ESRCH) { // it went with an address or a link
                throw e;
            }
        }
    }

    /** Ours of the same key: what {@code NLM_F_REPLACE} replaces. */
    private static @Nullable RouteMessage at(RouteMessage wanted, List<RouteMessage> routes) {
        for (RouteMessage route : routes) {
            if (route.prefix().equals(wanted.prefix())
                    && route.table() == wanted.table()
                    && route.metric() == wanted.metric()
                    && route.source() == null
                    && route.tos() == wanted.tos()) {
                return route;
            }
        }
        return null;
    }

    private static boolean isAsWanted(RouteMessage found, RouteMessage wanted) {
        if (found.type() != wanted.type()) {
            return false;
        }
        // IPv6 gives discarding routes an interface of its own choice.
        return wanted.type() != RouteType.UNICAST
                || (found.nextHopId() == 0 && hops(found, wanted).equals(hops(wanted, wanted)));
    }

    /** Next hops without what the kernel adds to them. */
    private static Set<NextHop> hops(RouteMessage route, RouteMessage wanted) {
        boolean isInterfaceOpen = wanted.nextHops().stream().anyMatch(nextHop -> nextHop.ifindex() == 0);
        Set<NextHop> hops = new HashSet<>();
        for (NextHop nextHop : route.nextHops()) {
            int ifindex = isInterfaceOpen ? 0 : nextHop.ifindex();
            int flags = nextHop.flags() & NextHop.ON_LINK;
            long other = nextHop.labels() == null ? nextHop.encapsulation() : 0;
            hops.add(new NextHop(ifindex, nextHop.gateway(), nextHop.weight(), flags, other, nextHop.labels()));
        }
        return hops;
    }

    private static boolean isAlive(RouteMessage route) {
        return route.nextHops().stream().allMatch(NextHop::isAlive);
    }

    private static String text(RouteMessage route) {
        StringBuilder text = new StringBuilder(route.type().name().toLowerCase(java.util.Locale.ROOT));
        if (route.type() == RouteType.UNICAST) {
            route.nextHops()
                    .forEach(hop -> text.append(hop.labels() == null ? "" : " labels " + hop.labels())
                            .append(hop.gateway() == null ? " on the link" : " via " + hop.gateway()));
        }
        return text.toString();
    }

    private RouteMessage message(Route route) {
        String name = route.interfaceName();
        int ifindex = name == null
                ? 0
                : netlink.link(name)
                        .orElseThrow(() -> new LinuxException("link", name, Errno.ENODEV))
                        .ifindex();
        return message(route, ifindex);
    }

    private RouteMessage message(Route route, int ifindex) {
        if (route.labels() != null && !takesLabels) {
            return RouteMessage.of(route.prefix(), RouteType.UNREACHABLE, RouterNamespace.PROTOCOL, METRIC, List.of());
        }
        List<NextHop> nextHops = switch (route.kind()) {
            case UNICAST ->
                route.via().isEmpty()
                        ? List.of(NextHop.of(ifindex, null))
                        : route.via().stream()
                                .map(gateway -> nextHop(ifindex, gateway, route))
                                .toList();
            case BLACKHOLE, UNREACHABLE, PROHIBIT -> List.of();
        };
        return RouteMessage.of(route.prefix(), type(route), RouterNamespace.PROTOCOL, METRIC, nextHops);
    }

    private static NextHop nextHop(int ifindex, IpAddress gateway, Route route) {
        NextHop nextHop = NextHop.of(ifindex, gateway).withLabels(route.labels());
        return route.onLink() ? nextHop.onLink() : nextHop;
    }

    private static RouteType type(Route route) {
        return switch (route.kind()) {
            case UNICAST -> RouteType.UNICAST;
            case BLACKHOLE -> RouteType.BLACKHOLE;
            case UNREACHABLE -> RouteType.UNREACHABLE;
            case PROHIBIT -> RouteType.PROHIBIT;
        };
    }

    /** Whether the route will be taken once its interface is up; then it is installed again. */
    private static boolean isTransient(LinuxException e) {
        return e.errno() == Errno.ENETUNREACH
                || e.errno() == Errno.ENETDOWN
                || e.errno() == Errno.EHOSTUNREACH
                || (e.errno() == Errno.EINVAL && String.valueOf(e.getMessage()).contains("gateway"));
    }
}

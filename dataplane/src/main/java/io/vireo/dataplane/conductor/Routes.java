package io.vireo.dataplane.conductor;

import io.vireo.dataplane.nexthop.NextHopSets;
import io.vireo.dataplane.nexthop.SpecialNextHops;
import io.vireo.dataplane.tables.RouteChange;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.CommandResult;
import io.vireo.dataplane.wire.code.RouteKind;
import io.vireo.dataplane.wire.command.RouteCommandHandler;
import io.vireo.dataplane.wire.value.NextHops;

/**
 * The routes of all virtual routers: checks what control asks for, holds references to next hops, and writes the tables.
 * Single user: the conductor.
 *
 * <p>A prefix has one route. Those made by neighbours ({@link NeighbourRoutes}) give way to explicit ones.
 */
final class Routes implements RouteCommandHandler, Dependent {
    /** Tries to wait for workers before a change is refused: seconds, so they must hang. */
    private static final int PATIENCE_ROUNDS = 100_000;

    private static final int RECLAIM_BATCH = 1024;

    private final RouteTable ipv4;
    private final RouteTable ipv6;
    private final Routers routers;
    private final Interfaces interfaces;
    private final NextHopSets nextHops;
    private final UsedLengths lengths;
    private final GracePeriod grace;
    private final ResyncMark mark;
    private final Refusal refusal;
    private long changes;
    private long writes;

    Routes(
            RouteTable ipv4,
            RouteTable ipv6,
            Routers routers,
            Interfaces interfaces,
            NextHopSets nextHops,
            UsedLengths lengths,
            GracePeriod grace,
            ResyncMark mark,
            Refusal refusal) {
        this.ipv4 = ipv4;
        this.ipv6 = ipv6;
        this.routers = routers;
        this.interfaces = interfaces;
        this.nextHops = nextHops;
        this.lengths = lengths;
        this.grace = grace;
        this.mark = mark;
        this.refusal = refusal;
    }

    RouteTable table(AddressFamily family) {
        return family == AddressFamily.IPV4 ? ipv4 : ipv6;
    }

    @Override
    public void onAddRoute(
            long correlationId,
            int routerId,
            AddressFamily family,
            long prefixHigh,
            long prefixLow,
            int prefixLength,
            RouteKind kind,
            NextHops hops) {
        refusal.answer(correlationId, add(routerId, family, prefixHigh, prefixLow, prefixLength, kind, hops));
    }

    @Override
    public void onRemoveRoute(
            long correlationId, int routerId, AddressFamily family, long prefixHigh, long prefixLow, int prefixLength) {
        refusal.answer(correlationId, remove(routerId, family, prefixHigh, prefixLow, prefixLength));
    }

    @Override
    public void onSetFlowSeed(long correlationId, long seed) {
        nextHops.setSeed(seed);
    }

    @Override
    public void routerRemoved(int router) {
        lengths.clear(router);
    }

    /** Adds a route, or replaces the one of this prefix. */
    private boolean add(
            int router, AddressFamily family, long high, long low, int length, RouteKind kind, NextHops hops) {
        if (!routers.check(router) || !checkNextHops(router, hops)) {
            return false;
        }
        RouteTable routes = table(family);
        int table = routers.table(router, routes);
        int replaced = routes.get(table, high, low, length);
        boolean isUnicast = kind == RouteKind.UNICAST;
        int nextHop = isUnicast ? nextHops.acquire(family, hops, replaced) : SpecialNextHops.of(kind);
        if (nextHop == NextHopSets.NONE) {
            return refusal.because(CommandResult.LIMIT, "nextHops: no room for another adjacency or group");
        }
        int word = RouteWord.explicit(kind, hops.size() == 1 ? hops.weight(0) : 0);
        if (routes.word(table, high, low, length) == word && replaced == nextHop) {
            nextHops.release(nextHop);
            routes.mark(table, high, low, length, mark.current());
            return true;
        }
        lengths.add(router, length);
        changes++;
        return put(router, routes, high, low, length, nextHop, word);
    }

    /** Whether next hops are over interfaces of a router; else says why not. */
    boolean checkNextHops(int router, NextHops hops) {
        for (int n = 0; n < hops.size(); n++) {
            int id = hops.interfaceId(n);
            if (!interfaces.isPresent(id)) {
                refusal.because(CommandResult.NOT_FOUND, "nextHops[", n, "].interfaceId: there is no interface ");
                return refusal.and(id, "");
            }
            if (interfaces.router(id) != router) {
                refusal.because(CommandResult.INVALID, "nextHops[", n, "].interfaceId: interface ");
                return refusal.append("", id, " belongs to another router");
            }
        }
        return true;
    }

    /** Writes a route whose next hop has been acquired for it; on refusal the reference is given back. */
    boolean put(int router, RouteTable routes, long high, long low, int length, int nextHop, int word) {
        int table = routers.table(router, routes);
        int oldWord = routes.word(table, high, low, length);
        int oldNextHop = routes.get(table, high, low, length);
        if (!isDone(putPatiently(routes, table, high, low, length, nextHop, word))) {
            nextHops.release(nextHop);
            return refusal.because(CommandResult.LIMIT, "prefix: no table memory left, or a worker hangs");
        }
        writes++;
        if (oldWord != RouteWord.ABSENT) {
            nextHops.release(oldNextHop);
        }
        return true;
    }

    private RouteChange putPatiently(
            RouteTable routes, int table, long high, long low, int length, int nextHop, int word) {
        RouteChange change = routes.put(table, high, low, length, nextHop, word);
        for (int tries = 0; change == RouteChange.BUSY && tries < PATIENCE_ROUNDS; tries++) {
            letWorkersPass(routes);
            change = routes.put(table, high, low, length, nextHop, word);
        }
        return change;
    }

    /** Removes a route that control added. */
    boolean remove(int router, AddressFamily family, long high, long low, int length) {
        if (!routers.check(router)) {
            return false;
        }
        RouteTable routes = table(family);
        if (!RouteWord.isExplicit(routes.word(routers.table(router, routes), high, low, length))) {
            return refusal.because(CommandResult.NOT_FOUND, "prefix: there is no such route in router ", router, "");
        }
        changes++;
        return take(router, routes, high, low, length);
    }

    /** Takes a route that is there out of the table and gives its reference back. */
    boolean take(int router, RouteTable routes, long high, long low, int length) {
        int table = routers.table(router, routes);
        int nextHop = routes.get(table, high, low, length);
        RouteChange change = routes.remove(table, high, low, length);
        for (int tries = 0; change == RouteChange.BUSY && tries < PATIENCE_ROUNDS; tries++) {
            letWorkersPass(routes);
            change = routes.remove(table, high, low, length);
        }
        if (change != RouteChange.REMOVED) {
            return refusal.because(CommandResult.LIMIT, "prefix: no table memory left, or a worker hangs");
        }
        writes++;
        nextHops.release(nextHop);
        return true;
    }

    /** The next hop of the longest match for an address. */
    int longestMatch(int router, RouteTable routes, long high, long low) {
        int nextHop = routes.get(routers.table(router, routes), high, low, routes.hostLength());
        return nextHop != SpecialNextHops.NO_ROUTE ? nextHop : longestMatchOfNetwork(router, routes, high, low);
    }

    /** The next hop of the longest match for an address that is shorter than a host route. */
    int longestMatchOfNetwork(int router, RouteTable routes, long high, long low) {
        int table = routers.table(router, routes);
        int length = lengths.below(router, routes.hostLength());
        while (length >= 0) {
            int nextHop = routes.get(table, routes.maskHigh(high, length), routes.maskLow(low, length), length);
            if (nextHop != SpecialNextHops.NO_ROUTE) {
                return nextHop;
            }
            length = lengths.below(router, length);
        }
        return SpecialNextHops.NO_ROUTE;
    }

    private void letWorkersPass(RouteTable routes) {
        grace.await(1);
        routes.reclaim(RECLAIM_BATCH);
    }

    private static boolean isDone(RouteChange change) {
        return change == RouteChange.ADDED || change == RouteChange.REPLACED;
    }

    /** Grows with every change of an explicit route: by this {@link NeighbourRoutes} knows when to look again. */
    long changes() {
        return changes;
    }

    /** Grows with every change of any route: tells {@link TunnelRoutes} to look again. */
    long writes() {
        return writes;
    }
}

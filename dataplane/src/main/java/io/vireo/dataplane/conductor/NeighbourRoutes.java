package io.vireo.dataplane.conductor;

import io.vireo.dataplane.nexthop.Adjacencies;
import io.vireo.dataplane.nexthop.NextHopSets;
import io.vireo.dataplane.nexthop.SpecialNextHops;
import io.vireo.dataplane.path.Ipv6;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.CommandResult;
import io.vireo.dataplane.wire.command.NeighbourCommandHandler;

/**
 * Host routes for known neighbours, so that packets to them need no kernel: single user, the conductor.
 *
 * <p>A neighbour has a host route while the longest other match for its address is a route that is on-link over the
 * neighbour's interface and no other; an explicit route of the same prefix wins. Whether that is so may change with every
 * route, so after a change all neighbours are looked at again, up to a work limit per duty cycle; what depends on it (barriers)
 * waits for {@link #isSettled}.
 */
final class NeighbourRoutes implements NeighbourCommandHandler, Dependent {
    private final Adjacencies adjacencies;
    private final NextHopSets nextHops;
    private final Interfaces interfaces;
    private final Routers routers;
    private final Routes routes;
    private final ResyncMark mark;
    private final Refusal refusal;
    private long changesSeen;
    private int position = SpecialNextHops.COUNT;
    private int remaining;

    NeighbourRoutes(
            Adjacencies adjacencies,
            NextHopSets nextHops,
            Interfaces interfaces,
            Routers routers,
            Routes routes,
            ResyncMark mark,
            Refusal refusal) {
        this.adjacencies = adjacencies;
        this.nextHops = nextHops;
        this.interfaces = interfaces;
        this.routers = routers;
        this.routes = routes;
        this.mark = mark;
        this.refusal = refusal;
    }

    @Override
    public void onAddNeighbour(
            long correlationId, int interfaceId, AddressFamily family, long addressHigh, long addressLow, long mac) {
        refusal.answer(correlationId, add(interfaceId, family, addressHigh, addressLow, mac));
    }

    @Override
    public void onRemoveNeighbour(
            long correlationId, int interfaceId, AddressFamily family, long addressHigh, long addressLow) {
        refusal.answer(correlationId, remove(interfaceId, family, addressHigh, addressLow));
    }

    /** Adds a neighbour or changes its MAC. */
    private boolean add(int interfaceId, AddressFamily family, long high, long low, long mac) {
        if (!interfaces.check(interfaceId)) {
            return false;
        }
        int adjacency = adjacencies.learn(interfaceId, family, high, low, mac);
        if (adjacency == Adjacencies.NONE) {
            return refusal.because(CommandResult.LIMIT, "address: no room for another neighbour");
        }
        adjacencies.mark(adjacency, mark.current());
        lookAt(adjacency);
        return true;
    }

    private boolean remove(int interfaceId, AddressFamily family, long high, long low) {
        if (!interfaces.check(interfaceId)) {
            return false;
        }
        int adjacency = adjacencies.find(interfaceId, family, high, low);
        if (adjacency == Adjacencies.NONE || !adjacencies.isNeighbour(adjacency)) {
            return refusal.because(
                    CommandResult.NOT_FOUND, "address: there is no such neighbour on interface ", interfaceId, "");
        }
        remove(adjacency);
        return true;
    }

    /** Removes a neighbour that is there. */
    void remove(int adjacency) {
        withdraw(adjacency);
        adjacencies.forget(adjacency);
    }

    /** Withdraws the host routes over an interface that is going. */
    @Override
    public void interfaceRemoved(int interfaceId) {
        for (int a = adjacencies.anyOf(interfaceId); a != Adjacencies.NONE; a = adjacencies.nextOf(a)) {
            if (adjacencies.isNeighbour(a)) {
                withdraw(a);
            }
        }
    }

    private void withdraw(int adjacency) {
        RouteTable table = tableOf(adjacency);
        int router = interfaces.router(adjacencies.interfaceId(adjacency));
        if (isInstalled(table, router, adjacency)) {
            boolean taken = routes.take(
                    router, table, adjacencies.high(adjacency), adjacencies.low(adjacency), table.hostLength());
            assert taken : "removals do not run out of memory";
        }
    }

    /** Looks at some of the neighbours again, if routes have changed; returns how many. */
    int doWork(int workLimit) {
        if (changesSeen != routes.changes()) {
            changesSeen = routes.changes();
            remaining = adjacencies.end() - SpecialNextHops.COUNT;
        }
        int count = Math.min(workLimit, remaining);
        for (int n = 0; n < count; n++) {
            if (position >= adjacencies.end()) {
                position = SpecialNextHops.COUNT;
            }
            if (adjacencies.isNeighbour(position)) {
                lookAt(position);
            }
            position++;
        }
        remaining -= count;
        return count;
    }

    /** Whether all host routes are as the explicit routes want them. */
    boolean isSettled() {
        return remaining == 0 && changesSeen == routes.changes();
    }

    private void lookAt(int adjacency) {
        RouteTable table = tableOf(adjacency);
        int router = interfaces.router(adjacencies.interfaceId(adjacency));
        boolean isWanted = isWanted(table, router, adjacency);
        if (isWanted && !isInstalled(table, router, adjacency)) {
            adjacencies.retain(adjacency);
            routes.put(
                    router,
                    table,
                    adjacencies.high(adjacency),
                    adjacencies.low(adjacency),
                    table.hostLength(),
                    adjacency,
                    RouteWord.neighbour());
        } else if (!isWanted) {
            withdraw(adjacency);
        }
    }

    private boolean isWanted(RouteTable table, int router, int adjacency) {
        long high = adjacencies.high(adjacency);
        long low = adjacencies.low(adjacency);
        if (table.family() == AddressFamily.IPV6 && Ipv6.isLinkLocal(high)) {
            return false; // never forwarded to, and the same address may be a neighbour on many links
        }
        int routerTable = routers.table(router, table);
        if (RouteWord.isExplicit(table.word(routerTable, high, low, table.hostLength()))) {
            return false;
        }
        int interfaceId = adjacencies.interfaceId(adjacency);
        return nextHops.isOnLink(routes.longestMatchOfNetwork(router, table, high, low), interfaceId);
    }

    private boolean isInstalled(RouteTable table, int router, int adjacency) {
        long high = adjacencies.high(adjacency);
        long low = adjacencies.low(adjacency);
        int routerTable = routers.table(router, table);
        return table.get(routerTable, high, low, table.hostLength()) == adjacency
                && RouteWord.isNeighbour(table.word(routerTable, high, low, table.hostLength()));
    }

    private RouteTable tableOf(int adjacency) {
        boolean isIpv4 = adjacencies.family(adjacency) == AddressFamily.IPV4.code();
        return routes.table(isIpv4 ? AddressFamily.IPV4 : AddressFamily.IPV6);
    }
}

package io.vireo.dataplane.conductor;

/**
 * Which way encapsulated packets go: tracks, for each tunnel, the longest match for its far end in the router underneath. Single
 * user: the conductor.
 *
 * <p>That may change with every route and neighbour, so after a change all tunnels are looked at again, up to a work limit per
 * duty cycle; what depends on it (barriers) waits for {@link #isSettled}. A change is one store, so packets go the old way or the
 * new one, and none is lost in between.
 */
final class TunnelRoutes {
    private final Tunnels tunnels;
    private final Routes routes;
    private long changesSeen;
    private int position = Tunnels.first();
    private int remaining;

    TunnelRoutes(Tunnels tunnels, Routes routes) {
        this.tunnels = tunnels;
        this.routes = routes;
    }

    /** Looks at some of the tunnels again, if anything has changed; returns how many. */
    int doWork(int workLimit) {
        if (changesSeen != changes()) {
            changesSeen = changes();
            remaining = tunnels.end() - Tunnels.first();
        }
        int count = Math.min(workLimit, remaining);
        for (int n = 0; n < count; n++) {
            if (position >= tunnels.end()) {
                position = Tunnels.first();
            }
            if (tunnels.isPresent(position)) {
                resolve(position);
            }
            position++;
        }
        remaining -= count;
        return count;
    }

    /** Whether all tunnels go where the routes say. */
    boolean isSettled() {
        return remaining == 0 && changesSeen == changes();
    }

    private long changes() {
        return routes.writes() + tunnels.added();
    }

    private void resolve(int tunnel) {
        RouteTable table = routes.table(tunnels.family(tunnel));
        int nextHop = routes.longestMatch(
                tunnels.underlay(tunnel), table, tunnels.remoteHigh(tunnel), tunnels.remoteLow(tunnel));
        if (nextHop != tunnels.nextHop(tunnel)) {
            tunnels.setNextHop(tunnel, nextHop);
        }
    }
}

package io.vireo.dataplane.conductor;

import io.vireo.dataplane.nexthop.NextHopSets;
import io.vireo.dataplane.path.PathLimits;
import io.vireo.dataplane.path.exception.PuntBudgets;
import io.vireo.dataplane.tables.RouteCursor;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.CommandResult;
import io.vireo.dataplane.wire.command.RouterCommandHandler;
import io.vireo.dataplane.wire.counters.StatisticsOwner;
import java.util.Arrays;

/** The virtual routers: their tables, punt limits and how many interfaces each has. Single user: the conductor. */
final class Routers implements RouterCommandHandler {
    private static final long ABSENT = -1;

    private final RouteTable ipv4;
    private final RouteTable ipv6;
    private final NextHopSets nextHops;
    private final PuntBudgets puntBudgets;
    private final StatisticsOwner statistics;
    private final GracePeriod grace;
    private final Dependents dependents;
    private final ResyncMark mark;
    private final Refusal refusal;
    private final long[] vpnIds;
    private final int[] tables4;
    private final int[] tables6;
    private final int[] interfaces;
    private final byte[] marks;
    private final boolean[] counted;
    private final RouteCursor cursor = new RouteCursor();
    private int count;

    Routers(
            int maxRouters,
            RouteTable ipv4,
            RouteTable ipv6,
            NextHopSets nextHops,
            PuntBudgets puntBudgets,
            StatisticsOwner statistics,
            GracePeriod grace,
            Dependents dependents,
            ResyncMark mark,
            Refusal refusal) {
        this.ipv4 = ipv4;
        this.ipv6 = ipv6;
        this.nextHops = nextHops;
        this.puntBudgets = puntBudgets;
        this.statistics = statistics;
        this.grace = grace;
        this.dependents = dependents;
        this.mark = mark;
        this.refusal = refusal;
        vpnIds = new long[maxRouters];
        tables4 = new int[maxRouters];
        tables6 = new int[maxRouters];
        interfaces = new int[maxRouters];
        marks = new byte[maxRouters];
        counted = new boolean[maxRouters];
        Arrays.fill(vpnIds, ABSENT);
    }

    @Override
    public void onAddRouter(
            long correlationId,
            int routerId,
            long vpnId,
            int puntPacketsPerSecond,
            int puntBurstPackets,
            CharSequence name) {
        refusal.answer(correlationId, add(routerId, vpnId, puntPacketsPerSecond, puntBurstPackets));
    }

    @Override
    public void onSetPuntBudget(
            long correlationId,
            int routerId,
            int puntClass,
            int packetsPerSecond,
            int burstPackets,
            int interfacePacketsPerSecond,
            int interfaceBurstPackets) {
        boolean isKnown = check(routerId);
        if (isKnown) {
            puntBudgets.limitClass(
                    routerId,
                    puntClass,
                    packetsPerSecond,
                    burstPackets,
                    interfacePacketsPerSecond,
                    interfaceBurstPackets);
        }
        refusal.answer(correlationId, isKnown);
    }

    @Override
    public void onRemoveRouter(long correlationId, int routerId) {
        refusal.answer(correlationId, remove(routerId));
    }

    private boolean add(int router, long vpnId, int packetsPerSecond, int burstPackets) {
        if (!isPresent(router)) {
            if (!create(router, vpnId)) {
                return false;
            }
        } else if (vpnIds[router] != vpnId) {
            refusal.because(CommandResult.IN_USE, "vpnId: router ", router, " belongs to VPN ");
            return refusal.and(vpnIds[router], "; remove it first");
        }
        puntBudgets.limit(router, packetsPerSecond, burstPackets);
        marks[router] = mark.current();
        return true;
    }

    private boolean create(int router, long vpnId) {
        int table4 = ipv4.newTable();
        int table6 = table4 < 0 ? -1 : ipv6.newTable();
        if (table6 < 0) {
            if (table4 >= 0) {
                free(ipv4, table4);
            }
            return refusal.because(CommandResult.LIMIT, "routerId: no table left for router ", router, "");
        }
        if (counted[router]) {
            grace.await(PathLimits.ROUNDS_UNTIL_FORGOTTEN);
            statistics.zeroRouter(router);
        }
        counted[router] = true;
        tables4[router] = table4;
        tables6[router] = table6;
        vpnIds[router] = vpnId;
        count++;
        return true;
    }

    /** Removes a router without interfaces, and all its routes. */
    boolean remove(int router) {
        if (!check(router)) {
            return false;
        }
        if (interfaces[router] > 0) {
            refusal.because(CommandResult.IN_USE, "routerId: router ", router, " still has ");
            return refusal.and(interfaces[router], " interfaces");
        }
        if (!dependents.mayRemoveRouter(router)) {
            return false;
        }
        vpnIds[router] = ABSENT;
        count--;
        releaseAndFree(ipv4, tables4[router]);
        releaseAndFree(ipv6, tables6[router]);
        dependents.routerRemoved(router);
        return true;
    }

    private void releaseAndFree(RouteTable routes, int table) {
        cursor.reset();
        while (routes.next(table, cursor)) {
            nextHops.release(cursor.value());
        }
        free(routes, table);
    }

    private void free(RouteTable routes, int table) {
        while (!routes.freeTable(table)) {
            grace.await(1);
            routes.reclaim(Integer.MAX_VALUE);
        }
    }

    boolean isPresent(int router) {
        return vpnIds[router] != ABSENT;
    }

    /** Refuses when there is no such router. */
    boolean check(int router) {
        return isPresent(router)
                || refusal.because(CommandResult.NOT_FOUND, "routerId: there is no router ", router, "");
    }

    int table4(int router) {
        return tables4[router];
    }

    int table6(int router) {
        return tables6[router];
    }

    /** The router's table in one of the families. */
    int table(int router, RouteTable routes) {
        return routes.family() == AddressFamily.IPV4 ? tables4[router] : tables6[router];
    }

    void interfaceAdded(int router) {
        interfaces[router]++;
    }

    void interfaceRemoved(int router) {
        interfaces[router]--;
    }

    boolean hasInterfaces(int router) {
        return interfaces[router] > 0;
    }

    byte mark(int router) {
        return marks[router];
    }

    int capacity() {
        return vpnIds.length;
    }

    int count() {
        return count;
    }
}

package io.vireo.dataplane.conductor;

import io.vireo.dataplane.encapsulation.esp.SecurityAssociationTable;
import io.vireo.dataplane.nexthop.Adjacencies;
import io.vireo.dataplane.nexthop.SpecialNextHops;
import io.vireo.dataplane.tables.RouteCursor;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.CommandResult;
import io.vireo.dataplane.wire.command.DumpCommandHandler;
import io.vireo.dataplane.wire.event.EventProxy;
import io.vireo.dataplane.wire.value.NextHops;
import io.vireo.dataplane.wire.value.SecurityAssociationState;

/**
 * Reports to control what the tables hold: one dump after the other, up to a work limit per duty cycle, and only while the event ring has
 * room, so that nothing of a dump is lost. Routes may change meanwhile: each that stays is reported once. Single user: the
 * conductor.
 */
final class Dumps implements DumpCommandHandler {
    private static final int MAX_WAITING = 64;

    private static final int IPV4_ROUTES = 0;
    private static final int IPV6_ROUTES = 1;
    private static final int NEIGHBOURS = 2;
    private static final int SCHEDULING = 3;
    private static final int ASSOCIATIONS = 4;
    private static final int LABELS = 5;
    private static final int END = 6;

    private static final int NO_ROUTER = -1;

    private final ConductorState state;
    private final EventProxy events;
    private final Refusal refusal;
    private final long[] correlationIds = new long[MAX_WAITING];
    private final int[] routers = new int[MAX_WAITING];
    private final int[] firstPhases = new int[MAX_WAITING];
    private final RouteCursor cursor = new RouteCursor();
    private final NextHops nextHops = new NextHops();
    private final SecurityAssociationState association = new SecurityAssociationState();
    private final SchedulingDump scheduling;
    private int head;
    private int waiting;
    private boolean isRunning;
    private int phase;
    private int position;
    private long entries;

    Dumps(ConductorState state, EventProxy events, Refusal refusal) {
        this.state = state;
        this.events = events;
        this.refusal = refusal;
        scheduling = state.classes().dump(events);
    }

    @Override
    public void onDumpRoutes(long correlationId, int routerId) {
        refusal.answer(correlationId, state.routers().check(routerId) && enqueue(correlationId, routerId, IPV4_ROUTES));
    }

    @Override
    public void onDumpNeighbours(long correlationId, int routerId) {
        refusal.answer(correlationId, state.routers().check(routerId) && enqueue(correlationId, routerId, NEIGHBOURS));
    }

    @Override
    public void onDumpScheduling(long correlationId) {
        refusal.answer(correlationId, enqueue(correlationId, NO_ROUTER, SCHEDULING));
    }

    @Override
    public void onDumpSecurityAssociations(long correlationId) {
        refusal.answer(correlationId, enqueue(correlationId, NO_ROUTER, ASSOCIATIONS));
    }

    @Override
    public void onDumpLabels(long correlationId) {
        refusal.answer(correlationId, enqueue(correlationId, NO_ROUTER, LABELS));
    }

    private boolean enqueue(long correlationId, int router, int firstPhase) {
        if (waiting == MAX_WAITING) {
            return refusal.because(
                    CommandResult.LIMIT, "correlationId: ", MAX_WAITING, " dumps are waiting already; try again later");
        }
        int tail = (head + waiting++) % MAX_WAITING;
        correlationIds[tail] = correlationId;
        routers[tail] = router;
        firstPhases[tail] = firstPhase;
        return true;
    }

    /** Goes on with the dump in hand, at most {@code workLimit} objects; returns how many were looked at. */
    int doWork(int workLimit) {
        int work = 0;
        while (waiting > 0 && work < workLimit && events.hasRoom(1)) {
            if (!isRunning) {
                begin();
            }
            step(correlationIds[head], routers[head]);
            work++;
        }
        return work;
    }

    private void begin() {
        isRunning = true;
        entries = 0;
        scheduling.begin();
        enter(firstPhases[head]);
    }

    private void enter(int next) {
        phase = next;
        position = switch (next) {
            case ASSOCIATIONS -> SecurityAssociationTable.NONE + 1;
            case LABELS -> Labels.first();
            default -> SpecialNextHops.COUNT;
        };
        cursor.reset();
    }

    private void step(long correlationId, int router) {
        if (router != NO_ROUTER && !state.routers().isPresent(router)) {
            phase = END; // removed while it was dumped
        }
        switch (phase) {
            case IPV4_ROUTES -> routeStep(correlationId, router, state.ipv4(), IPV6_ROUTES);
            case IPV6_ROUTES -> routeStep(correlationId, router, state.ipv6(), END);
            case NEIGHBOURS -> neighbourStep(correlationId, router);
            case ASSOCIATIONS -> associationStep(correlationId);
            case LABELS -> labelStep(correlationId);
            case SCHEDULING -> schedulingStep(correlationId);
            default -> end(correlationId);
        }
    }

    private void routeStep(long correlationId, int router, RouteTable table, int next) {
        if (!table.next(state.routers().table(router, table), cursor)) {
            enter(next);
        } else if (RouteWord.isExplicit(cursor.user())) {
            int word = cursor.user();
            state.nextHops().describe(cursor.value(), RouteWord.weight(word), nextHops);
            events.routeEntry(
                    correlationId,
                    router,
                    table.family(),
                    table.high(cursor),
                    table.low(cursor),
                    cursor.length(),
                    RouteWord.kind(word),
                    nextHops);
            entries++;
        }
    }

    private void neighbourStep(long correlationId, int router) {
        Adjacencies adjacencies = state.adjacencies();
        if (position >= adjacencies.end()) {
            phase = END;
            return;
        }
        int adjacency = position++;
        if (adjacencies.isNeighbour(adjacency)
                && state.interfaces().router(adjacencies.interfaceId(adjacency)) == router) {
            boolean isIpv4 = adjacencies.family(adjacency) == AddressFamily.IPV4.code();
            events.neighbourEntry(
                    correlationId,
                    adjacencies.interfaceId(adjacency),
                    isIpv4 ? AddressFamily.IPV4 : AddressFamily.IPV6,
                    adjacencies.high(adjacency),
                    adjacencies.low(adjacency),
                    adjacencies.neighbourMac(adjacency));
            entries++;
        }
    }

    private void associationStep(long correlationId) {
        SecurityAssociations associations = state.associations();
        if (position >= associations.end()) {
            phase = END;
            return;
        }
        int index = position++;
        if (associations.isPresent(index)) {
            events.associationEntry(correlationId, associations.describe(index, association));
            entries++;
        }
    }

    private void labelStep(long correlationId) {
        if (position >= state.labels().end()) {
            phase = END;
        } else if (state.labels().report(position++, correlationId, events)) {
            entries++;
        }
    }

    private void schedulingStep(long correlationId) {
        if (scheduling.isDone()) {
            phase = END;
        } else {
            entries += scheduling.step(correlationId);
        }
    }

    private void end(long correlationId) {
        if (events.dumpEnd(correlationId, entries)) {
            isRunning = false;
            head = (head + 1) % MAX_WAITING;
            waiting--;
        }
    }
}

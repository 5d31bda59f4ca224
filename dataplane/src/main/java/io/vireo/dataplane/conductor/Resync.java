package io.vireo.dataplane.conductor;

import io.vireo.dataplane.nexthop.Adjacencies;
import io.vireo.dataplane.nexthop.SpecialNextHops;
import io.vireo.dataplane.tables.RouteCursor;
import io.vireo.dataplane.wire.code.CommandResult;
import io.vireo.dataplane.wire.command.ResyncCommandHandler;
import io.vireo.dataplane.wire.event.EventProxy;

/**
 * Mark and sweep: what control does not add again between the begin and the end of a resynchronisation is removed. Forwarding
 * goes on meanwhile; nothing that is added again is ever away. Single user: the conductor.
 *
 * <p>Whatever is added carries the mark of the newest resynchronisation. The sweep runs up to a work limit per duty
 * cycle, dependents first: routes, labels,
 * neighbours, classes with filters, quotas and rates, interfaces, routers, ports.
 */
final class Resync implements ResyncCommandHandler {
    private static final int IDLE = 0;
    private static final int IPV4_ROUTES = 1;
    private static final int IPV6_ROUTES = 2;
    private static final int LABELS = 3;
    private static final int NEIGHBOURS = 4;
    private static final int CLASSES = 5;
    private static final int FILTERS = 6;
    private static final int QUOTAS = 7;
    private static final int RATES = 8;
    private static final int INTERFACES = 9;
    private static final int ROUTERS = 10;
    private static final int PORTS = 11;
    private static final int DONE = 12;

    private final ConductorState state;
    private final EventProxy events;
    private final ResyncMark mark;
    private final Refusal refusal;
    private final RouteCursor cursor = new RouteCursor();
    private boolean isOpen;
    private long epoch;
    private long correlationId;
    private int phase = IDLE;
    private int position;
    private boolean hasRemovedClass;
    private int routes;
    private int neighbours;
    private int interfaces;
    private int routers;
    private int ports;
    private long completed;
    private long removed;

    Resync(ConductorState state, EventProxy events, ResyncMark mark, Refusal refusal) {
        this.state = state;
        this.events = events;
        this.mark = mark;
        this.refusal = refusal;
    }

    /** Begins a resynchronisation; one that was under way is given up. */
    @Override
    public void onResyncBegin(long correlation, long newEpoch) {
        mark.advance();
        state.ipv4().newRouteMark(mark.current() & 0xff);
        state.ipv6().newRouteMark(mark.current() & 0xff);
        epoch = newEpoch;
        isOpen = true;
        phase = IDLE;
    }

    /** Ends the adding and begins the sweep, whose end is reported by an event. */
    @Override
    public void onResyncEnd(long correlation, long ofEpoch) {
        refusal.answer(correlation, end(correlation, ofEpoch));
    }

    private boolean end(long correlation, long ofEpoch) {
        if (!isOpen || ofEpoch != epoch) {
            return refusal.because(
                    CommandResult.INVALID, "epoch: no resynchronisation of epoch ", ofEpoch, " has begun");
        }
        isOpen = false;
        correlationId = correlation;
        routes = 0;
        neighbours = 0;
        interfaces = 0;
        routers = 0;
        ports = 0;
        enter(IPV4_ROUTES);
        return true;
    }

    private void enter(int next) {
        phase = next;
        position = next == NEIGHBOURS ? SpecialNextHops.COUNT : 0;
        cursor.reset();
    }

    /** Sweeps on, at most {@code workLimit} objects; returns how many were looked at. */
    int doWork(int workLimit) {
        int work = 0;
        while (phase != IDLE && work < workLimit) {
            work++;
            step();
        }
        return work;
    }

    private void step() {
        switch (phase) {
            case IPV4_ROUTES -> routeStep(state.ipv4());
            case IPV6_ROUTES -> routeStep(state.ipv6());
            case LABELS -> labelStep();
            case NEIGHBOURS -> neighbourStep();
            case CLASSES -> classStep();
            case FILTERS -> filterStep();
            case QUOTAS -> quotaStep();
            case RATES -> rateStep();
            case INTERFACES -> interfaceStep();
            case ROUTERS -> routerStep();
            case PORTS -> portStep();
            default -> finish();
        }
    }

    private void routeStep(RouteTable table) {
        Routers all = state.routers();
        if (position == all.capacity()) {
            enter(phase + 1);
        } else if (!all.isPresent(position) || !table.next(all.table(position, table), cursor)) {
            position++;
            cursor.reset();
        } else if (RouteWord.isExplicit(cursor.user()) && cursor.mark() != (mark.current() & 0xff)) {
            long high = table.high(cursor);
            if (state.routes().remove(position, table.family(), high, table.low(cursor), cursor.length())) {
                routes++;
            }
        }
    }

    private void labelStep() {
        if (position >= state.labels().end()) {
            enter(NEIGHBOURS);
            return;
        }
        state.labels().sweep(position);
        position++;
    }

    private void neighbourStep() {
        Adjacencies adjacencies = state.adjacencies();
        if (position >= adjacencies.end()) {
            enter(CLASSES);
            return;
        }
        if (adjacencies.isNeighbour(position) && adjacencies.mark(position) != mark.current()) {
            state.neighbours().remove(position);
            neighbours++;
        }
        position++;
    }

    /** Leaves first: passes over all classes until one removes nothing. */
    private void classStep() {
        Classes all = state.classes();
        if (position == all.capacity()) {
            enter(hasRemovedClass ? CLASSES : FILTERS);
            hasRemovedClass = false;
            return;
        }
        hasRemovedClass |= all.sweepClass(position);
        position++;
    }

    private void filterStep() {
        if (position == state.interfaces().capacity()) {
            enter(QUOTAS);
            return;
        }
        state.classes().sweepFilter(position);
        position++;
    }

    private void quotaStep() {
        if (position == state.classes().quotaCount()) {
            enter(RATES);
            return;
        }
        state.classes().sweepQuota(position);
        position++;
    }

    private void rateStep() {
        if (position == state.ports().capacity()) {
            enter(INTERFACES);
            return;
        }
        state.classes().sweepRate(position);
        position++;
    }

    private void interfaceStep() {
        Interfaces all = state.interfaces();
        if (position == all.capacity()) {
            enter(ROUTERS);
            return;
        }
        if (all.isPresent(position)) {
            all.sweepMacs(position);
            state.addresses().sweep(position);
            state.emulations().sweep(position);
            state.members().sweep(position);
        }
        if (all.isPresent(position) && all.mark(position) != mark.current() && all.remove(position)) {
            interfaces++;
        }
        position++;
    }

    private void routerStep() {
        Routers all = state.routers();
        if (position == all.capacity()) {
            enter(PORTS);
            return;
        }
        if (all.isPresent(position) && all.mark(position) != mark.current() && all.remove(position)) {
            routers++;
        }
        position++;
    }

    private void portStep() {
        Ports all = state.ports();
        if (position == all.capacity()) {
            enter(DONE);
            return;
        }
        if (all.isPresent(position) && all.mark(position) != mark.current() && all.remove(correlationId, position)) {
            ports++;
        }
        position++;
    }

    private void finish() {
        if (state.neighbours().isSettled()
                && state.tunnelRoutes().isSettled()
                && events.hasRoom(1)
                && events.sweepDone(correlationId, epoch, routes, neighbours, interfaces, routers, ports)) {
            phase = IDLE;
            completed++;
            removed += (long) routes + neighbours + interfaces + routers + ports;
        }
    }

    /** Resynchronisations completed since start. */
    long completed() {
        return completed;
    }

    /** Objects removed by all of them. */
    long removed() {
        return removed;
    }
}

package io.vireo.dataplane.conductor;

import io.vireo.dataplane.interfaces.InterfaceTable;
import io.vireo.dataplane.path.schedule.PortClasses;
import io.vireo.dataplane.path.schedule.SharedScheduling;
import io.vireo.dataplane.schedule.ClassChange;
import io.vireo.dataplane.schedule.order.AnswerCode;
import io.vireo.dataplane.schedule.order.ClassOrder;
import io.vireo.dataplane.schedule.order.ClassOrders;
import io.vireo.dataplane.wire.code.CommandResult;
import io.vireo.dataplane.wire.code.InterfaceKind;
import io.vireo.dataplane.wire.command.ClassCommandHandler;
import io.vireo.dataplane.wire.command.ClassProxy;
import io.vireo.dataplane.wire.event.EventProxy;
import io.vireo.dataplane.wire.layout.SharedLayout;
import io.vireo.dataplane.wire.value.ClassSpec;
import io.vireo.dataplane.wire.value.FilterChunk;

/**
 * Classes of the scheduler: checks what control asks for against the state, and orders it of the worker that sends for the
 * port. Single user: the conductor.
 *
 * <p>What the worker then refuses after all (only want of room can be the reason) is taken back in the state and reported to
 * control.
 */
final class Classes implements ClassCommandHandler, ClassOrders.AnswerHandler, Dependent {
    /** Orders that one command needs at most, for one worker: a scheduler, then a rate or class. */
    private static final int ORDERS_PER_COMMAND = 3;

    /** Local ids that are kept for what else a port's tree needs: the root, and some that drain. */
    private static final int SPARE_CLASSES = 4;

    private static final int NEW = -1;

    private final ClassOrders orders;
    private final ClassOrders.Answers reader = new ClassOrders.Answers(this);
    private final ClassOrder order = new ClassOrder();
    private final ClassState state;
    private final ClassQuotas quotas;
    private final ClassFilters filters;
    private final PortSchedulers schedulers;
    private final Interfaces interfaces;
    private final InterfaceTable table;
    private final Ports ports;
    private final EventProxy events;
    private final ResyncMark mark;
    private final Refusal refusal;
    private final int portClasses;
    private int count;

    Classes(
            SharedScheduling scheduling,
            int maxClasses,
            Interfaces interfaces,
            InterfaceTable table,
            Ports ports,
            EventProxy events,
            GracePeriod grace,
            ResyncMark mark,
            Refusal refusal) {
        orders = scheduling.orders();
        state = new ClassState(maxClasses, table.capacity(), SharedLayout.MAX_PORTS, SharedLayout.MAX_QUOTAS);
        quotas = new ClassQuotas(SharedLayout.MAX_QUOTAS, scheduling.limits().portPackets(), refusal);
        filters = new ClassFilters(scheduling.filters(), orders, state, table.capacity(), refusal);
        schedulers = new PortSchedulers(scheduling, PortClasses::new, quotas, SharedLayout.MAX_PORTS, grace, refusal);
        this.interfaces = interfaces;
        this.table = table;
        this.ports = ports;
        this.events = events;
        this.mark = mark;
        this.refusal = refusal;
        portClasses = scheduling.limits().portClasses();
    }

    /** Commands or steps of a sweep whose orders surely find room. */
    int room() {
        return orders.room() / ORDERS_PER_COMMAND;
    }

    /** Hears answers and gives memory back; returns how much there was to do. */
    int poll() {
        return orders.pollAnswers(reader) + filters.reclaim();
    }

    // ---- commands ----

    @Override
    public void onSetPortRate(long correlationId, int portId, long rateBitsPerSecond, int overheadBytes) {
        refusal.answer(correlationId, setRate(correlationId, portId, rateBitsPerSecond, overheadBytes));
    }

    @Override
    public void onAddClass(
            long correlationId,
            int classId,
            int parentClassId,
            int portId,
            int interfaceId,
            ClassSpec spec,
            CharSequence name) {
        refusal.answer(correlationId, add(correlationId, classId, parentClassId, portId, interfaceId, spec));
    }

    @Override
    public void onRemoveClass(long correlationId, int classId) {
        refusal.answer(correlationId, remove(correlationId, classId));
    }

    @Override
    public void onSetClassFilter(
            long correlationId, int interfaceId, int defaultClassId, int totalLongs, int firstLong, FilterChunk chunk) {
        refusal.answer(
                correlationId, setFilter(correlationId, interfaceId, defaultClassId, totalLongs, firstLong, chunk));
    }

    @Override
    public void onSetQuota(long correlationId, int quotaId, int packets, long bytes) {
        refusal.answer(correlationId, setQuota(correlationId, quotaId, packets, bytes));
    }

    // ---- ports ----

    private boolean setRate(long correlationId, int port, long rate, int overheadBytes) {
        order.correlationId = correlationId;
        return ports.check(port) && schedulers.setRate(order, port, rate, overheadBytes, mark.current());
    }

    /** Refuses to let a port go while it has classes. */
    @Override
    public boolean mayRemovePort(int port) {
        if (state.classesOfPort(port) == 0) {
            return true;
        }
        refusal.because(CommandResult.IN_USE, "portId: port ", port, " still has ");
        return refusal.and(state.classesOfPort(port), " classes");
    }

    @Override
    public void portRemoved(int port) {
        schedulers.detach(order, port);
    }

    // ---- interfaces ----

    /** Refuses to let an interface go while it has classes. */
    @Override
    public boolean mayRemoveInterface(int interfaceId) {
        if (state.classesOfInterface(interfaceId) == 0) {
            return true;
        }
        refusal.because(CommandResult.IN_USE, "interfaceId: interface ", interfaceId, " still has ");
        return refusal.and(state.classesOfInterface(interfaceId), " classes");
    }

    /** The interface is about to be removed: its filter goes, and its implicit leaf. */
    @Override
    public void interfaceRemoved(int interfaceId) {
        if (filters.isSet(interfaceId)) {
            clearFilter(interfaceId);
        }
        long record = table.record(interfaceId);
        if (!InterfaceTable.hasPort(record)) {
            return;
        }
        int port = InterfaceTable.port(record);
        if (schedulers.isAttached(port)) {
            order.begin(ClassOrder.FORGET, port, NEW);
            order.interfaceId = interfaceId;
            orders.send(schedulers.workerOf(port), order);
        }
    }

    // ---- classes ----

    private boolean add(long correlationId, int id, int parent, int port, int interfaceId, ClassSpec spec) {
        boolean isNew = !state.isPresent(id);
        order.correlationId = correlationId;
        if (!checkPlace(id, parent, port, interfaceId) || !checkQuota(spec)) {
            return false;
        }
        if (isNew ? !checkRoom(port) || !schedulers.attach(order, port) : !checkSame(id, port, interfaceId)) {
            return false;
        }
        int oldParent = isNew ? NEW : state.parent(id);
        enter(id, parent, port, interfaceId, isNew);
        state.mark(id, mark.current());
        if (state.change(id, spec) || oldParent != parent) {
            order.begin(ClassOrder.ADD, port, correlationId);
            order.classId = id;
            order.parentClassId = parent;
            order.interfaceId = interfaceId;
            order.oldParentClassId = oldParent;
            order.amount = state.version(id);
            order.spec.copyFrom(spec);
            orders.send(schedulers.workerOf(port), order);
        }
        return true;
    }

    private void enter(int id, int parent, int port, int interfaceId, boolean isNew) {
        if (isNew) {
            state.add(id, parent, port, interfaceId);
            count++;
            if (state.isLink(interfaceId, parent)) {
                interfaces.hasClassOf(interfaceId, port);
            }
        } else if (state.parent(id) != parent) {
            state.move(id, parent);
        }
    }

    private boolean checkPlace(int id, int parent, int port, int interfaceId) {
        if (!ports.check(port) || !checkInterface(interfaceId, port) || !checkParent(id, parent, port, interfaceId)) {
            return false;
        }
        if (!state.isLink(interfaceId, parent)) {
            return true;
        }
        int link = state.linkClass(interfaceId);
        return link == ClassState.NO_CLASS
                || link == id
                || refusal.because(
                        CommandResult.IN_USE, "interfaceId: the interface's classes stand under class ", link, "");
    }

    private boolean checkInterface(int interfaceId, int port) {
        if (interfaceId == ClassState.NO_INTERFACE) {
            return true;
        }
        if (!interfaces.check(interfaceId)) {
            return false;
        }
        int own = portOf(interfaceId);
        boolean mayBeOfAny = InterfaceTable.kind(table.record(interfaceId)) == InterfaceKind.TUNNEL;
        return own == port
                || (own == ClassState.NO_PORT && mayBeOfAny)
                || refusal.because(
                        CommandResult.INVALID,
                        "interfaceId: interface ",
                        interfaceId,
                        " is not on the port of the class");
    }

    /** Of whose classes an interface's can be: its own port, or that of which a tunnel has one; else none. */
    private int portOf(int interfaceId) {
        long record = table.record(interfaceId);
        if (InterfaceTable.hasPort(record)) {
            return InterfaceTable.port(record);
        }
        int link = state.linkClass(interfaceId);
        return link == ClassState.NO_CLASS ? ClassState.NO_PORT : state.port(link);
    }

    private boolean checkParent(int id, int parent, int port, int interfaceId) {
        if (parent == ClassState.NO_CLASS) {
            return true;
        }
        if (!state.isPresent(parent) || state.port(parent) != port) {
            return refusal.because(
                    CommandResult.NOT_FOUND, "parentClassId: there is no class ", parent, " on the port");
        }
        if (state.interfaceOf(parent) != interfaceId && state.interfaceOf(parent) != ClassState.NO_INTERFACE) {
            return refusal.because(
                    CommandResult.INVALID, "interfaceId: class ", parent, " above is another interface's");
        }
        return !state.isBelow(parent, id)
                || refusal.because(
                        CommandResult.INVALID, "parentClassId: class ", parent, " is the class itself or below it");
    }

    private boolean checkQuota(ClassSpec spec) {
        return quotas.exists(spec.quotaId())
                || refusal.because(CommandResult.NOT_FOUND, "quotaId: there is no quota ", spec.quotaId(), "");
    }

    private boolean checkRoom(int port) {
        int needed = state.classesOfPort(port) + state.parentsOfPort(port) + ports.interfaces(port) + SPARE_CLASSES;
        return needed <= portClasses
                || refusal.because(
                        CommandResult.LIMIT,
                        "classId: a port has room for ",
                        portClasses,
                        " classes (vireo.port.classes)");
    }

    private boolean checkSame(int id, int port, int interfaceId) {
        if (state.port(id) != port) {
            return refuseChange("portId", id);
        }
        return state.interfaceOf(id) == interfaceId || refuseChange("interfaceId", id);
    }

    private boolean refuseChange(String field, int id) {
        refusal.because(CommandResult.IN_USE, field);
        return refusal.append(": class ", id, " exists with another value; remove it first");
    }

    private boolean remove(long correlationId, int id) {
        if (!state.isPresent(id)) {
            return refusal.because(CommandResult.NOT_FOUND, "classId: there is no class ", id, "");
        }
        if (state.children(id) > 0) {
            refusal.because(CommandResult.IN_USE, "classId: class ", id, " still has ");
            return refusal.and(state.children(id), " children");
        }
        int owner = state.interfaceOf(id);
        boolean isOfTunnel = state.isLink(owner, state.parent(id))
                && InterfaceTable.kind(table.record(owner)) == InterfaceKind.TUNNEL;
        if (isOfTunnel && filters.isSet(owner) && !clearFilter(owner)) {
            return refusal.because(CommandResult.LIMIT, "classId: too many filters are being replaced at once");
        }
        order.begin(ClassOrder.REMOVE, state.port(id), correlationId);
        order.classId = id;
        orders.send(schedulers.workerOf(state.port(id)), order);
        forget(id);
        return true;
    }

    private void forget(int id) {
        if (state.isLink(state.interfaceOf(id), state.parent(id))) {
            interfaces.hasNoClass(state.interfaceOf(id));
        }
        state.remove(id);
        count--;
    }

    int count() {
        return count;
    }

    // ---- filters and quotas ----

    private boolean setFilter(
            long correlationId, int interfaceId, int defaultClassId, int totalLongs, int firstLong, FilterChunk chunk) {
        if (!interfaces.check(interfaceId) || !filters.take(interfaceId, totalLongs, firstLong, chunk)) {
            return false;
        }
        if (!filters.isComplete()) {
            return true;
        }
        int port = portOf(interfaceId);
        if (port == ClassState.NO_PORT) {
            return refusal.because(
                    CommandResult.INVALID,
                    "interfaceId: interface ",
                    interfaceId,
                    " is not on a port, it has no classes");
        }
        order.begin(ClassOrder.FILTER, port, correlationId);
        return filters.commit(order, schedulers.workerOf(port), defaultClassId, mark.current());
    }

    private boolean clearFilter(int interfaceId) {
        int port = filters.port(interfaceId);
        order.begin(ClassOrder.FILTER, port, NEW);
        return filters.clear(order, schedulers.workerOf(port), interfaceId);
    }

    private boolean setQuota(long correlationId, int id, int packets, long bytes) {
        if (!quotas.set(id, packets, bytes, state.usersOfQuota(id), mark.current())) {
            return false;
        }
        order.begin(ClassOrder.QUOTA, 0, correlationId);
        order.spec.quota(id).queue(packets, 0);
        order.amount = bytes;
        for (int worker = 0; worker < orders.workers(); worker++) {
            orders.send(worker, order);
        }
        return true;
    }

    // ---- resynchronisation ----

    int capacity() {
        return state.capacity();
    }

    /** Removes a class that was not repeated and has no children; returns whether it did. */
    boolean sweepClass(int id) {
        return state.isPresent(id) && state.mark(id) != mark.current() && state.children(id) == 0 && remove(NEW, id);
    }

    /** Takes the filter of an interface away if it was not repeated. */
    void sweepFilter(int interfaceId) {
        if (filters.isSet(interfaceId)
                && filters.mark(interfaceId) != mark.current()
                && interfaces.isPresent(interfaceId)) {
            clearFilter(interfaceId);
        }
    }

    int quotaCount() {
        return quotas.count();
    }

    /** Takes a quota away if it was not repeated. */
    void sweepQuota(int id) {
        if (quotas.isStale(id, state.usersOfQuota(id), mark.current())) {
            setQuota(NEW, id, 0, 0);
        }
    }

    /** Lets a port go at its own speed if its rate was not repeated. */
    void sweepRate(int port) {
        if (ports.isPresent(port) && schedulers.rate(port) != 0 && schedulers.mark(port) != mark.current()) {
            setRate(NEW, port, 0, ClassProxy.ETHERNET_OVERHEAD_BYTES);
        }
    }

    // ---- what is there ----

    /** Reports what is scheduled, a step at a time. */
    SchedulingDump dump(EventProxy to) {
        return new SchedulingDump(state, quotas, filters, schedulers, table.capacity(), to);
    }

    // ---- answers ----

    @Override
    public void onAnswer(ClassOrder answered, int changeCode) {
        if (changeCode == AnswerCode.DETACHED) {
            schedulers.onDetached(answered.portId);
            return;
        }
        if (answered.kind == ClassOrder.ADD) {
            takeBack(answered);
        }
        ClassChange why = AnswerCode.refusal(changeCode);
        refusal.because(CommandResult.LIMIT, "classId: class ", answered.classId, " was refused: ");
        refusal.and(why.sentence());
        events.commandResult(answered.correlationId, CommandResult.LIMIT, refusal.text());
    }

    /** The worker has not done it: the state must say so, unless the id means another class by now. */
    private void takeBack(ClassOrder answered) {
        int id = answered.classId;
        if (!state.isPresent(id) || state.version(id) != (int) answered.amount) {
            return;
        }
        if (answered.oldParentClassId == NEW) {
            forget(id);
        } else {
            state.doubt(id);
            if (state.parent(id) == answered.parentClassId && mayHang(answered.oldParentClassId)) {
                state.move(id, answered.oldParentClassId);
            }
        }
    }

    private boolean mayHang(int parent) {
        return parent == ClassState.NO_CLASS || state.isPresent(parent);
    }
}

package io.vireo.dataplane.conductor;

import io.vireo.dataplane.path.schedule.PortClasses;
import io.vireo.dataplane.path.schedule.SchedulingLimits;
import io.vireo.dataplane.path.schedule.SharedScheduling;
import io.vireo.dataplane.schedule.order.ClassOrder;
import io.vireo.dataplane.schedule.order.ClassOrders;
import io.vireo.dataplane.wire.code.CommandResult;
import io.vireo.dataplane.wire.command.ClassProxy;
import io.vireo.dataplane.wire.layout.SharedLimits;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which ports have a scheduler, and their rates. Single user: the conductor.
 *
 * <p>A port gets a scheduler with its first rate or class and keeps it until it is removed; then the scheduler waits for
 * another port. Making one allocates, as plugging a port does: the other exemption. So that it cannot exhaust a heap that
 * nobody collects, it is refused when there is not room for its part there and as much again; most of it is outside the heap.
 */
final class PortSchedulers {
    private static final int MAX_WAIT_ROUNDS = 64;

    private final SharedScheduling scheduling;
    private final Function<SchedulingLimits, PortClasses> maker;
    private final ClassOrders orders;
    private final ClassQuotas quotas;
    private final GracePeriod grace;
    private final Refusal refusal;
    private final boolean[] attached;
    private final boolean[] leaving;
    private final long[] rates;
    private final int[] overheads;
    private final byte[] marks;
    private final long[] positions;
    private final ArrayDeque<PortClasses> idle;

    /**
     * No port has one yet.
     *
     * @param maker takes the memory of a scheduler, or throws {@link IllegalStateException} if there is none.
     */
    PortSchedulers(
            SharedScheduling scheduling,
            Function<SchedulingLimits, PortClasses> maker,
            ClassQuotas quotas,
            int maxPorts,
            GracePeriod grace,
            Refusal refusal) {
        this.scheduling = scheduling;
        this.maker = maker;
        orders = scheduling.orders();
        this.quotas = quotas;
        this.grace = grace;
        this.refusal = refusal;
        attached = new boolean[maxPorts];
        leaving = new boolean[maxPorts];
        rates = new long[maxPorts];
        overheads = new int[maxPorts];
        marks = new byte[maxPorts];
        positions = new long[orders.workers()];
        idle = new ArrayDeque<>(maxPorts);
        Arrays.fill(overheads, ClassProxy.ETHERNET_OVERHEAD_BYTES);
    }

    /** The worker that sends for a port. */
    int workerOf(int port) {
        return SharedLimits.transmitWorker(port, orders.workers());
    }

    /** Makes sure that a port has a scheduler. */
    boolean attach(ClassOrder order, int port) {
        if (attached[port]) {
            return true;
        }
        if (leaving[port]) {
            return refusal.because(CommandResult.LIMIT, "portId: classes of the former port ", port, " still leave");
        }
        PortClasses classes = idle.isEmpty() ? make() : idle.poll();
        if (classes == null) {
            return false;
        }
        quotas.copyTo(classes);
        attached[port] = true;
        scheduling.slots().put(port, classes);
        order.overheadBytes = overheads[port];
        orders.send(workerOf(port), order.begin(ClassOrder.ATTACH, port, order.correlationId));
        return true;
    }

    private @Nullable PortClasses make() {
        long heapBytes = 2 * scheduling.limits().heapBytes();
        if (heapLeft() < heapBytes) {
            refusal.because(
                    CommandResult.LIMIT,
                    "portId: the data plane's heap has no room for the classes of another port; give it ",
                    heapBytes,
                    " bytes more, or a smaller vireo.port.classes");
            return null;
        }
        try {
            return maker.apply(scheduling.limits());
        } catch (IllegalStateException e) {
            refusal.becauseOf(
                    CommandResult.LIMIT,
                    "portId: no memory for the classes of another port (vireo.port.classes, vireo.port.packets): ",
                    Objects.requireNonNullElse(e.getMessage(), ""));
            return null;
        }
    }

    private static long heapLeft() {
        Runtime heap = Runtime.getRuntime();
        return heap.maxMemory() - heap.totalMemory() + heap.freeMemory();
    }

    boolean isAttached(int port) {
        return attached[port];
    }

    /** Shapes a port, or with rate 0 lets it go at its own speed. */
    boolean setRate(ClassOrder order, int port, long rate, int overheadBytes, byte mark) {
        boolean isChange = rate != rates[port] || overheadBytes != overheads[port];
        int oldOverheadBytes = overheads[port];
        overheads[port] = overheadBytes;
        if (rate > 0 && !attach(order, port)) {
            overheads[port] = oldOverheadBytes;
            return false;
        }
        marks[port] = mark;
        rates[port] = rate;
        if (isChange && attached[port]) {
            order.begin(ClassOrder.RATE, port, order.correlationId);
            order.amount = rate;
            order.overheadBytes = overheadBytes;
            orders.send(workerOf(port), order);
        }
        return true;
    }

    long rate(int port) {
        return rates[port];
    }

    int overheadBytes(int port) {
        return overheads[port];
    }

    byte mark(int port) {
        return marks[port];
    }

    /** The port is gone: its worker frees what it has queued, soon. */
    void detach(ClassOrder order, int port) {
        rates[port] = 0;
        overheads[port] = ClassProxy.ETHERNET_OVERHEAD_BYTES;
        if (!attached[port]) {
            return;
        }
        attached[port] = false;
        leaving[port] = true;
        orders.send(workerOf(port), order.begin(ClassOrder.DETACH, port, -1));
        orders.note(positions, 0);
        for (int round = 0; round < MAX_WAIT_ROUNDS && !orders.isCarriedOut(positions, 0); round++) {
            grace.await(1);
        }
    }

    /** The worker has answered that the port's scheduler is empty. */
    void onDetached(int port) {
        leaving[port] = false;
        idle.add(scheduling.slots().take(port));
    }
}

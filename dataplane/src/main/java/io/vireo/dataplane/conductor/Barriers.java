package io.vireo.dataplane.conductor;

import io.vireo.dataplane.schedule.order.ClassOrders;
import io.vireo.dataplane.tables.QuiescentState;
import io.vireo.dataplane.wire.code.CommandResult;
import io.vireo.dataplane.wire.command.BarrierCommandHandler;
import io.vireo.dataplane.wire.event.EventProxy;

/**
 * Barriers that wait until the commands before them are visible to every worker. Answered in order. Single user: the
 * conductor.
 */
final class Barriers implements BarrierCommandHandler {
    private static final int MAX_WAITING = 256;

    private final QuiescentState quiescent;
    private final NeighbourRoutes neighbours;
    private final TunnelRoutes tunnelRoutes;
    private final ClassOrders orders;
    private final Classes classes;
    private final EventProxy events;
    private final Refusal refusal;
    private final long[] correlationIds = new long[MAX_WAITING];
    private final long[] epochs = new long[MAX_WAITING];
    private final long[] positions;
    private int head;
    private int waiting;

    Barriers(
            QuiescentState quiescent,
            NeighbourRoutes neighbours,
            TunnelRoutes tunnelRoutes,
            ClassOrders orders,
            Classes classes,
            EventProxy events,
            Refusal refusal) {
        this.quiescent = quiescent;
        this.neighbours = neighbours;
        this.tunnelRoutes = tunnelRoutes;
        this.orders = orders;
        this.classes = classes;
        positions = new long[MAX_WAITING * orders.workers()];
        this.events = events;
        this.refusal = refusal;
    }

    @Override
    public void onBarrier(long correlationId) {
        refusal.answer(correlationId, add(correlationId));
    }

    private boolean add(long correlationId) {
        if (waiting == MAX_WAITING) {
            return refusal.because(CommandResult.LIMIT, "barrier: ", MAX_WAITING, " are waiting already");
        }
        int tail = (head + waiting++) % MAX_WAITING;
        correlationIds[tail] = correlationId;
        epochs[tail] = quiescent.retireEpoch();
        orders.note(positions, tail * orders.workers());
        return true;
    }

    /** Whether the workers have carried out the orders before the barrier; what they refused is reported before it. */
    private boolean isOrdered() {
        if (!orders.isCarriedOut(positions, head * orders.workers())) {
            return false;
        }
        classes.poll();
        return true;
    }

    /** Answers those whose time has come; returns how many. */
    int poll() {
        int answered = 0;
        while (waiting > 0
                && neighbours.isSettled()
                && tunnelRoutes.isSettled()
                && quiescent.hasPassed(epochs[head])
                && isOrdered()
                && events.commandResult(correlationIds[head], CommandResult.OK, "")) {
            head = (head + 1) % MAX_WAITING;
            waiting--;
            answered++;
        }
        return answered;
    }
}

package io.vireo.dataplane.conductor;

import io.vireo.dataplane.tables.QuiescentState;
import io.vireo.dataplane.wire.EventProxy;
import io.vireo.dataplane.wire.ResultCode;

/**
 * Barriers that wait until the commands before them are visible to every worker. Answered in order. Single user: the
 * conductor.
 */
final class Barriers {
    private static final int MAX_WAITING = 256;

    private final QuiescentState quiescent;
    private final NeighbourRoutes neighbours;
    private final EventProxy events;
    private final Refusal refusal;
    private final long[] correlationIds = new long[MAX_WAITING];
    private final long[] epochs = new long[MAX_WAITING];
    private int head;
    private int waiting;

    Barriers(
            final QuiescentState quiescent,
            final NeighbourRoutes neighbours,
            final EventProxy events,
            final Refusal refusal) {
        this.quiescent = quiescent;
        this.neighbours = neighbours;
        this.events = events;
        this.refusal = refusal;
    }

    boolean add(final long correlationId) {
        if (waiting == MAX_WAITING) {
            return refusal.because(ResultCode.LIMIT, "barrier: ", MAX_WAITING, " are waiting already");
        }
        final int tail = (head + waiting++) % MAX_WAITING;
        correlationIds[tail] = correlationId;
        epochs[tail] = quiescent.retireEpoch();
        return true;
    }

    /** Answers those whose time has come; returns how many. */
    int poll() {
        int answered = 0;
        while (waiting > 0
                && neighbours.isSettled()
                && quiescent.hasPassed(epochs[head])
                && events.commandResult(correlationIds[head], ResultCode.OK, "")) {
            head = (head + 1) % MAX_WAITING;
            waiting--;
            answered++;
        }
        return answered;
    }
}

package io.vireo.bench.tables;

import io.vireo.dataplane.tables.QuiescentState;
import io.vireo.dataplane.tables.RouteChange;
import java.util.function.IntConsumer;

/** What the conductor does after each change: opens the next epoch, and frees what no reader can see any more. One thread. */
final class ConductorLoop {
    private static final int RECLAIM_LIMIT = 64;

    private final QuiescentState quiescent;
    private final IntConsumer reclaim;

    /** @param reclaim the table's, given how much it may free at once */
    ConductorLoop(QuiescentState quiescent, IntConsumer reclaim) {
        this.quiescent = quiescent;
        this.reclaim = reclaim;
    }

    /** Goes round once, after a change that must have been made. */
    void after(RouteChange change) {
        if (change == RouteChange.FULL || change == RouteChange.BUSY || change == RouteChange.ABSENT) {
            throw new IllegalStateException("a route change was refused: " + change);
        }
        quiescent.advance();
        reclaim.accept(RECLAIM_LIMIT);
    }
}

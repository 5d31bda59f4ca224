package io.vireo.dataplane.conductor;

import io.vireo.dataplane.tables.QuiescentState;
import org.agrona.concurrent.BackoffIdleStrategy;

/** Waits until every worker has come round. Single user: the conductor. */
final class GracePeriod {
    private final QuiescentState quiescent;
    private final BackoffIdleStrategy idle = new BackoffIdleStrategy();

    GracePeriod(QuiescentState quiescent) {
        this.quiescent = quiescent;
    }

    /**
     * Returns once every worker has completed the given number of rounds. Microseconds each while workers are busy, their
     * sleep when they idle.
     */
    void await(int rounds) {
        for (int round = 0; round < rounds; round++) {
            long epoch = quiescent.retireEpoch();
            quiescent.advance();
            while (!quiescent.hasPassed(epoch)) {
                idle.idle();
            }
            idle.reset();
        }
    }
}

package io.vireo.dataplane;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import org.agrona.concurrent.IdleStrategy;

/**
 * Backs off as another strategy, and sleeps longer once there has been nothing to do for a while: what comes after a silence waits
 * {@value #LONG_SLEEP_US} µs at most, what comes soon after the last does not, and an idle machine is left in peace. Single thread.
 */
final class LengtheningIdleStrategy implements IdleStrategy {
    private static final long LONG_SLEEP_US = 500;
    static final long LONG_SLEEP_NS = TimeUnit.MICROSECONDS.toNanos(LONG_SLEEP_US);

    /** Rounds without work before the first long sleep: with sleeps of 100 µs some 50 to 80 ms, longer than the gaps of a slow stream. */
    static final int SHORT_ROUNDS = 750;

    private final IdleStrategy backoff;
    private final LongConsumer sleepNs;
    private int rounds;

    /** @param backoff what is done at first */
    LengtheningIdleStrategy(IdleStrategy backoff) {
        this(backoff, LockSupport::parkNanos);
    }

    /** @param sleepNs sleeps so many ns */
    LengtheningIdleStrategy(IdleStrategy backoff, LongConsumer sleepNs) {
        this.backoff = backoff;
        this.sleepNs = sleepNs;
    }

    @Override
    public void idle(int workCount) {
        if (workCount > 0) {
            reset();
        } else {
            idle();
        }
    }

    @Override
    public void idle() {
        if (rounds < SHORT_ROUNDS) {
            rounds++;
            backoff.idle();
        } else {
            sleepNs.accept(LONG_SLEEP_NS);
        }
    }

    @Override
    public void reset() {
        rounds = 0;
        backoff.reset();
    }

    @Override
    public String alias() {
        return "lengthening";
    }
}

package io.vireo.dataplane;

import java.util.Arrays;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;

/** What a thread does while there is nothing to do. */
enum IdleChoice {
    /** Polls on: lowest latency, a whole core. */
    BUSY_SPIN("busy-spin"),
    /** Lets others have the core between polls. */
    YIELD("yield"),
    /** Polls, yields, then sleeps up to 100 µs: for machines with fewer cores than threads. */
    BACKOFF("backoff"),
    /** Backs off; after a silence of some 50 to 80 ms sleeps 500 µs at a time: for machines that have other work. */
    ADAPTIVE("adaptive");

    private static final long MAX_SPINS = 200;
    private static final long MAX_YIELDS = 50;
    private static final long MIN_SLEEP_NS = 1_000;
    private static final long MAX_SLEEP_NS = 100_000;

    private final String text;

    IdleChoice(String text) {
        this.text = text;
    }

    static IdleChoice of(String name, String value) {
        return Arrays.stream(values())
                .filter(choice -> choice.text.equals(value))
                .findFirst()
                .orElseThrow(() ->
                        new StartException(name + "=" + value + " is none of busy-spin, yield, backoff, adaptive"));
    }

    /** A strategy for one thread. */
    IdleStrategy create() {
        return switch (this) {
            case BUSY_SPIN -> new BusySpinIdleStrategy();
            case YIELD -> new YieldingIdleStrategy();
            case BACKOFF -> backoff();
            case ADAPTIVE -> new LengtheningIdleStrategy(backoff());
        };
    }

    private static IdleStrategy backoff() {
        return new BackoffIdleStrategy(MAX_SPINS, MAX_YIELDS, MIN_SLEEP_NS, MAX_SLEEP_NS);
    }

    /** Whether a thread that has nothing to do leaves its CPU to whoever wants it, whatever their priorities. */
    boolean sleeps() {
        return this == BACKOFF || this == ADAPTIVE;
    }

    /** As settings name it. */
    String text() {
        return text;
    }
}

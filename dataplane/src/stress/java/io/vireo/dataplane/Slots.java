package io.vireo.dataplane;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Numbers for states of a case that share one table made at start: memory of the engine is taken once, and jcstress makes
 * thousands of states at a time. Any thread.
 */
public final class Slots {
    /** More than jcstress has states in flight, so that no two of them share a slot. */
    public static final int COUNT = 1 << 14;

    private final AtomicInteger next = new AtomicInteger();

    /** The next number, 0 to {@link #COUNT} - 1, going round. */
    public int next() {
        return next.getAndIncrement() & (COUNT - 1);
    }
}

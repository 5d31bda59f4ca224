package io.vireo.bench.start;

import java.util.concurrent.TimeUnit;

/**
 * How long a started program is watched.
 *
 * @param forwardingNs once it forwards
 * @param steadyNs at the end of that: there its rate is to be steady
 */
record Patience(long forwardingNs, long steadyNs) {
    static Patience ofMillis(long forwarding, long steady) {
        return new Patience(TimeUnit.MILLISECONDS.toNanos(forwarding), TimeUnit.MILLISECONDS.toNanos(steady));
    }
}

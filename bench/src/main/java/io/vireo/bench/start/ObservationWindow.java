package io.vireo.bench.start;

import java.util.concurrent.TimeUnit;

/**
 * How long a started program is watched.
 *
 * @param forwardingNs once it forwards
 * @param steadyNs at the end of that: there its rate is to be steady
 */
record ObservationWindow(long forwardingNs, long steadyNs) {
    static ObservationWindow ofMillis(long forwarding, long steady) {
        return new ObservationWindow(TimeUnit.MILLISECONDS.toNanos(forwarding), TimeUnit.MILLISECONDS.toNanos(steady));
    }
}

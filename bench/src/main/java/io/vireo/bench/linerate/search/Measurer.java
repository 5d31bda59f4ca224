package io.vireo.bench.linerate.search;

import java.io.IOException;

/** Offers a load to a device for a while and says what came back: RFC 9971 §4.3. */
@FunctionalInterface
public interface Measurer {
    /**
     * Runs one trial.
     *
     * @param loadFramesPerSecond the intended load, more than 0
     * @param durationNs how long it is offered, more than 0
     */
    Trial measure(double loadFramesPerSecond, long durationNs) throws IOException, InterruptedException;
}

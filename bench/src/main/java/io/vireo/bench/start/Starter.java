package io.vireo.bench.start;

import java.io.IOException;

/** A way to start a program once. */
@FunctionalInterface
interface Starter {
    /**
     * Starts it and ends it.
     *
     * @throws io.vireo.bench.report.NotMeasuredException when packets were lost or misrouted
     * @throws UnsteadyException when its rate did not settle
     */
    Start start() throws IOException, InterruptedException;
}

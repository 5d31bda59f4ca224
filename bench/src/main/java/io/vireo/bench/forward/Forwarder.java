package io.vireo.bench.forward;

import java.io.IOException;

/** A running program that forwards everything its one port receives, on one core. */
interface Forwarder extends AutoCloseable {
    /** Its counters now. */
    PacketCounts counts() throws IOException;

    /**
     * Looks whether packets took the way they should, beyond what the totals show.
     *
     * @throws io.vireo.bench.report.NotMeasuredException when some did not
     */
    void verify() throws IOException;

    @Override
    void close();
}

package io.vireo.bench.forward;

import java.io.IOException;
import java.util.List;

/** A running program that forwards everything its ports receive. */
public interface Forwarder extends AutoCloseable {
    /** The counters of each of its forwarding threads now. */
    List<PacketCounts> counts() throws IOException;

    /**
     * Looks whether packets took the way they should, beyond what the totals show.
     *
     * @throws io.vireo.bench.report.NotMeasuredException when some did not
     */
    void verify() throws IOException;

    @Override
    void close();
}

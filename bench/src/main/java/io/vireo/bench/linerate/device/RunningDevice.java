package io.vireo.bench.linerate.device;

import io.vireo.bench.linerate.traffic.Rewrite;
import java.io.IOException;

/** A device that runs. One thread. */
public interface RunningDevice extends AutoCloseable {
    /** What a frame looks like that it has forwarded. */
    Rewrite rewrite();

    /** Linux's number of the thread that forwards. */
    int forwardingThread() throws IOException;

    /** Ends it at once, without a chance to tidy up: a power failure, for the reset test. */
    void kill() throws InterruptedException;

    /** Ends it in good order, if it has not ended; does nothing the second time. */
    @Override
    void close();
}

package io.vireo.bench.forward;

import java.io.IOException;

/** One of the programs that are compared, with what it is to do. */
public interface Contender {
    /** Its name in reports. */
    String name();

    /** Starts it; it forwards when this returns. */
    Forwarder start() throws IOException, InterruptedException;
}

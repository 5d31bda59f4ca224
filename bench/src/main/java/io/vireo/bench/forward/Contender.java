package io.vireo.bench.forward;

import java.io.IOException;

/** One of the programs that are compared. */
interface Contender {
    /** Its name in reports. */
    String name();

    /** What it does to each packet, in a few words. */
    String work();

    /** Starts it; it forwards when this returns. */
    Forwarder start() throws IOException, InterruptedException;
}

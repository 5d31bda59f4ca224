package io.vireo.dataplane.port;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * What the host says of the ports' carriers, for drivers that do not see it (DPDK's af_packet). A carrier comes and goes more often
 * than a port, and at a tenant's will, so a change of it makes no new {@link WorkerPorts}: it allocates nothing.
 *
 * <p>Single writer: the conductor. Readers: every worker, once per round and port that has something to send.
 */
public final class LinkStates {
    private static final int UNKNOWN = 0;
    private static final int DOWN = 1;
    private static final int UP = 2;

    private final AtomicIntegerArray states;

    /** Knows nothing of {@code ports} ports. */
    public LinkStates(int ports) {
        states = new AtomicIntegerArray(ports);
    }

    /** Whether the host says that the port has no carrier. */
    public boolean isDown(int port) {
        return states.getOpaque(port) == DOWN; // by itself: nothing else is read because of it
    }

    /** Whether the host has said anything; else the driver does. */
    public boolean isKnown(int port) {
        return states.getOpaque(port) != UNKNOWN;
    }

    /** What the host says. Conductor only. */
    public void set(int port, boolean up) {
        states.setOpaque(port, up ? UP : DOWN);
    }

    /** The port is gone, and with it what was said of it. Conductor only. */
    public void forget(int port) {
        states.setOpaque(port, UNKNOWN);
    }
}

package io.vireo.control.node.agent;

/**
 * How often the device of a port may be opened again: each time costs the data plane memory that it does not get back, and whoever
 * has the other end of a device can make it come and go. A generic cell rate algorithm: a burst, then one each interval.
 */
final class ReopenBudget {
    static final int BURST = 20;
    static final long INTERVAL_NS = 15_000_000_000L;

    private long theoreticalNs;
    private boolean isUsed;

    boolean isLeft(long nowNs) {
        return !isUsed || nowNs - theoreticalNs >= -(BURST - 1) * INTERVAL_NS;
    }

    void use(long nowNs) {
        theoreticalNs = (isUsed && theoreticalNs - nowNs > 0 ? theoreticalNs : nowNs) + INTERVAL_NS;
        isUsed = true;
    }
}

package io.vireo.control.node.agent;

/**
 * When a port that could not be opened is tried again: ever less often, for each attempt costs the data plane memory that it does
 * not get back. A device that is made anew is another chance at once. Only the node agent's thread uses it.
 */
final class OpenBackoff {
    static final long FIRST_NS = 2_000_000_000L;
    static final long MAX_NS = 600_000_000_000L;

    private long intervalNs;
    private long nextNs;
    private long refusedLife;

    /** @param life which of the devices that have had the name there is now */
    boolean isDue(long nowNs, long life) {
        return intervalNs == 0 || life != refusedLife || nowNs - nextNs >= 0;
    }

    void refused(long nowNs, long life) {
        boolean isFirst = intervalNs == 0 || life != refusedLife;
        intervalNs = isFirst ? FIRST_NS : Math.min(2 * intervalNs, MAX_NS);
        refusedLife = life;
        nextNs = nowNs + intervalNs;
    }

    void opened() {
        intervalNs = 0;
    }
}

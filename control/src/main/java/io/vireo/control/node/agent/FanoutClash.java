package io.vireo.control.node.agent;

/**
 * Whether a data plane is to be succeeded by one with another process id. DPDK's af_packet driver numbers the packet fanout group of
 * a port by its process and the device ({@code packet(7)}), so data planes of one machine come to the same number now and then,
 * two that begin at the same moment more often; nothing but another process id helps. One that forwards for nobody yet can be
 * ended for it: the supervisor starts the next, which is programmed with everything. One that forwards is left alone, for its
 * other ports.
 *
 * <p>Only the node agent's thread uses it; times are {@link System#nanoTime}.
 */
final class FanoutClash {
    /** Ports are opened one after another: until so long after the first one, the data plane is still beginning. */
    static final long BEGINNING_NS = 5_000_000_000L;

    private final ReopenBudget budget = new ReopenBudget();
    private boolean hasOpened;
    private long firstOpenedNs;

    /** Whether a port was refused for it. */
    static boolean isCauseOf(String refusal) {
        return refusal.contains("PACKET_FANOUT");
    }

    /** A refusal with what a person can do. */
    static String explain(String refusal) {
        return refusal
                + " (another process of this machine has the packet fanout group of that number, the low 16 bits of"
                + " pid xor device index: end this node's data plane once; the supervisor starts it with another pid)";
    }

    /** Whether another process is worth what the end of this one costs; it is then taken for ended. */
    boolean isToEnd(long nowNs) {
        boolean isBeginning = !hasOpened || nowNs - firstOpenedNs < BEGINNING_NS;
        if (isBeginning && budget.isLeft(nowNs)) {
            budget.use(nowNs);
            return true;
        }
        return false;
    }

    /** A port was opened. */
    void onOpened(long nowNs) {
        if (!hasOpened) {
            hasOpened = true;
            firstOpenedNs = nowNs;
        }
    }

    /** The data plane is gone. */
    void onLost() {
        hasOpened = false;
    }
}

package io.vireo.dataplane.port;

import io.vireo.dpdk.RxQueue;
import io.vireo.dpdk.TxQueue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which queues one worker polls, and which worker sends for a port. Immutable: each change of ports makes a new one, which the
 * worker takes at the start of its next round.
 */
public final class WorkerPorts {
    /** {@link #owner} of a port that does not exist. */
    public static final int NO_OWNER = -1;

    /** A receive queue and the port id it belongs to. */
    public record Receiver(int port, RxQueue queue) {}

    /**
     * A transmit queue and the port id it belongs to.
     *
     * @param queue null while the port's device is gone.
     */
    public record Sender(int port, @Nullable TxQueue queue) {}

    private static final int RECEIVE_LIMIT = 64;

    private final RxQueue[] rxQueues;
    private final int[] rxPorts;
    private final int[] owned;
    private final @Nullable TxQueue[] txQueues;
    private final int[] owners;
    private final LinkStates links;

    /**
     * @param senders of the ports this worker owns.
     * @param owners by port id: the worker that sends for it, or {@link #NO_OWNER}.
     * @param links what the host says of the ports' carriers.
     */
    public WorkerPorts(List<Receiver> receivers, List<Sender> senders, int[] owners, LinkStates links) {
        this.links = links;
        rxQueues = new RxQueue[receivers.size()];
        rxPorts = new int[receivers.size()];
        for (int q = 0; q < rxQueues.length; q++) {
            rxQueues[q] = receivers.get(q).queue();
            rxPorts[q] = receivers.get(q).port();
        }
        this.owners = owners.clone();
        owned = new int[senders.size()];
        txQueues = new TxQueue[owners.length];
        for (int s = 0; s < owned.length; s++) {
            owned[s] = senders.get(s).port();
            txQueues[owned[s]] = senders.get(s).queue();
        }
    }

    /** No ports at all. */
    public static WorkerPorts none(int maxPorts) {
        int[] owners = new int[maxPorts];
        java.util.Arrays.fill(owners, NO_OWNER);
        return new WorkerPorts(List.of(), List.of(), owners, new LinkStates(maxPorts));
    }

    public int rxQueues() {
        return rxQueues.length;
    }

    public RxQueue rxQueue(int index) {
        return rxQueues[index];
    }

    public int rxPort(int index) {
        return rxPorts[index];
    }

    /** Maximum packets from one queue per round: DPDK's drivers are at their best with bursts of 32 to 64. */
    public int receiveLimit() {
        return RECEIVE_LIMIT;
    }

    /** The ports this worker sends for. */
    public int ownedPorts() {
        return owned.length;
    }

    public int ownedPort(int index) {
        return owned[index];
    }

    /** The transmit queue of a port this worker owns; null while nothing can leave by it: no device, or no carrier. */
    public @Nullable TxQueue txQueue(int port) {
        return links.isDown(port) ? null : txQueues[port];
    }

    /** The worker that sends for a port, or {@link #NO_OWNER}. */
    public int owner(int port) {
        return owners[port];
    }
}

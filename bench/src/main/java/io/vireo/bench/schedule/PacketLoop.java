package io.vireo.bench.schedule;

import io.vireo.bench.report.NotMeasuredException;
import io.vireo.dpdk.Mbuf;
import io.vireo.dpdk.MbufArray;
import io.vireo.dpdk.Memory;

/**
 * A scheduler and all packets, going round: what leaves is offered again, in another class. Counts at both ends. One thread.
 *
 * <p>The harness keeps a packet's leaf in the mbuf ({@link LeafField}): reading it back costs what a driver
 * costs that touches the packet, and it is the same for both schedulers.
 */
final class PacketLoop {
    private static final long DRAIN_NS = 5_000_000_000L;
    private static final int GONE = -1;

    private final String name;
    private final PacketScheduler scheduler;
    private final Arrivals arrivals;
    private final MbufArray burst = MbufArray.allocate(Load.BURST);
    private final int[] dequeuedLeaves = new int[Load.BURST];
    private final int[] leaves = new int[Load.BURST];
    private final int[] nextStamp;
    private final int[] expectedStamp;
    private long inside;

    PacketLoop(String name, PacketScheduler scheduler, Load load) {
        this.name = name;
        this.scheduler = scheduler;
        arrivals = new Arrivals(load.vpns());
        nextStamp = new int[load.leaves()];
        expectedStamp = new int[load.leaves()];
    }

    /** Queues all packets, the same number in each class. */
    void fill(MbufArray packets) {
        for (int first = 0; first < packets.capacity(); first += Load.BURST) {
            int count = Math.min(Load.BURST, packets.capacity() - first);
            for (int i = 0; i < count; i++) {
                burst.set(i, packets.get(first + i));
                leaves[i] = (first + i) % nextStamp.length;
            }
            stamp(count);
            offer(count);
        }
    }

    /** One burst out and in again; the number of packets. */
    int step() {
        int count = scheduler.dequeue(burst);
        for (int i = 0; i < count; i++) {
            dequeuedLeaves[i] = LeafField.get(burst.get(i));
        }
        inside -= count;
        for (int i = 0; i < count; i++) {
            leaves[i] = arrivals.after(dequeuedLeaves[i]);
        }
        offer(count);
        return count;
    }

    /**
     * As {@link #step}, and looks at each packet: whether those of a class come in the order in which they went.
     *
     * @throws NotMeasuredException when they do not
     */
    int verifiedStep() {
        int count = scheduler.dequeue(burst);
        inside -= count;
        for (int i = 0; i < count; i++) {
            dequeuedLeaves[i] = checkedLeaf(burst.get(i));
            leaves[i] = arrivals.after(dequeuedLeaves[i]);
        }
        stamp(count);
        offer(count);
        return count;
    }

    /** The leaf that the packet at {@code index} of the last burst had been in. */
    int dequeuedLeaf(int index) {
        return dequeuedLeaves[index];
    }

    /**
     * Takes everything out.
     *
     * @param into receives all packets
     * @throws NotMeasuredException when a packet is missing or comes twice
     */
    void drain(MbufArray into) {
        int drained = 0;
        long deadlineNs = System.nanoTime() + DRAIN_NS;
        while (drained < into.capacity() && System.nanoTime() < deadlineNs) {
            int count = scheduler.dequeue(burst);
            for (int i = 0; i < count; i++) {
                long mbuf = burst.get(i);
                if (LeafField.get(mbuf) == GONE || drained == into.capacity()) {
                    throw new NotMeasuredException(name + " handed a packet out twice");
                }
                LeafField.set(mbuf, GONE);
                into.set(drained++, mbuf);
            }
            inside -= count;
        }
        if (drained < into.capacity() || inside != 0) {
            throw new NotMeasuredException(name + " lost " + (into.capacity() - drained) + " packets");
        }
    }

    private void offer(int count) {
        if (count == 0) {
            return;
        }
        for (int i = 0; i < count; i++) {
            LeafField.set(burst.get(i), leaves[i]);
        }
        int taken = scheduler.enqueue(burst, leaves, count);
        inside += taken;
        if (taken != count) {
            throw new NotMeasuredException(name + " dropped " + (count - taken) + " packets of a burst of " + count);
        }
    }

    /** Writes leaf and sequence number into the frame. */
    private void stamp(int count) {
        for (int i = 0; i < count; i++) {
            int leaf = leaves[i];
            long data = Mbuf.dataAddress(burst.get(i));
            Memory.putInt(data, leaf);
            Memory.putInt(data + Integer.BYTES, nextStamp[leaf]++);
        }
    }

    private int checkedLeaf(long mbuf) {
        long data = Mbuf.dataAddress(mbuf);
        int leaf = Memory.getInt(data);
        int stamp = Memory.getInt(data + Integer.BYTES);
        if (leaf != LeafField.get(mbuf) || stamp != expectedStamp[leaf]) {
            throw new NotMeasuredException(name + " reordered class " + leaf + ": packet " + stamp + " came instead of "
                    + expectedStamp[leaf]);
        }
        expectedStamp[leaf]++;
        return leaf;
    }
}

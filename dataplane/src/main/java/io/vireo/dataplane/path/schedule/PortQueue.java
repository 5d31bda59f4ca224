package io.vireo.dataplane.path.schedule;

import io.vireo.dataplane.path.TxFrames;
import io.vireo.dataplane.path.exception.Discards;
import io.vireo.dataplane.schedule.DequeuedBurst;
import io.vireo.dataplane.schedule.QueueVerdict;
import io.vireo.dataplane.wire.code.DropReason;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one port. Single user: the worker that sends for it.
 *
 * <p>A port that is not shaped and has no classes is <i>direct</i>: packets go into the {@linkplain #ready ready
 * batch} in the order they come, and out in the same round. Otherwise each packet is charged to a class. While
 * nothing else may leave it bypasses the queues into the batch; else it is queued in its class, and {@link #dequeue} moves those
 * whose time has come. It changes from one mode to the other only while nothing is queued, so no packet overtakes another.
 */
public final class PortQueue {
    private static final int ACCEPTED = -1;

    /** Packets that one round dequeues from the classes at most: enough for the bursts of two receive queues. */
    private static final int ROUND_PACKETS = 256;

    private static final int QUEUE_FULL = DropReason.QUEUE_FULL.code();
    private static final int PORT_DOWN = DropReason.PORT_DOWN.code();
    private static final int STANDING_QUEUE = DropReason.STANDING_QUEUE.code();

    /** By {@link QueueVerdict#index}. */
    private static final int[] REASONS = {
        ACCEPTED,
        QUEUE_FULL,
        DropReason.CLASS_QUEUE_FULL.code(),
        DropReason.CLASS_QUEUE_FULL.code(),
        DropReason.QUOTA_USED_UP.code(),
        DropReason.QUOTA_USED_UP.code(),
        QUEUE_FULL,
        STANDING_QUEUE
    };

    private final int port;
    private final ReadyBatch ready;
    private final ClassTools tools;
    private final LeafChoice leafChoice;
    private @Nullable PortClasses classes;
    private boolean isDirect = true;

    /**
     * @param capacity packets that may be ready in one round.
     * @param tools shared by the queues of one worker.
     */
    PortQueue(int port, int capacity, ClassTools tools) {
        this.port = port;
        this.tools = tools;
        leafChoice = new LeafChoice(port, tools);
        ready = new ReadyBatch(capacity);
    }

    /** Takes a burst's frames to this port; what finds no room is dropped. */
    void enqueue(TxFrames txFrames, int from, int end, long nowNs, Discards discards) {
        if (isDirect) {
            int next = Math.min(end, from + ready.capacity - ready.count);
            ready.add(txFrames, from, next);
            for (int k = next; k < end; k++) {
                drop(txFrames, k, QUEUE_FULL, discards);
            }
        } else {
            enqueueInClasses(txFrames, from, end, nowNs, discards);
        }
    }

    /** As {@link #enqueue}, for the routers' own network control; returns how many leave before what is in classes. */
    int enqueueOwnControl(TxFrames txFrames, int from, int end, long nowNs, Discards discards) {
        int behind = 0;
        for (int k = from; k < end; k++) {
            if (isDirect || !isAhead(txFrames, k, nowNs)) {
                enqueue(txFrames, k, k + 1, nowNs, discards);
                behind += isDirect ? 0 : 1;
            }
        }
        return end - from - behind;
    }

    private boolean isAhead(TxFrames txFrames, int k, long nowNs) {
        PortClasses tree = attached();
        int leaf = tree.ownControlLeaf(nowNs);
        return leaf != PortClasses.NONE
                && tools.bounds.conforms(port, txFrames.egress[k], txFrames.bytes[k], tree.rateBitsPerSecond(), nowNs)
                && enqueueInLeaf(tree, leaf, txFrames, k, nowNs) == ACCEPTED;
    }

    /**
     * While nothing that is queued may leave and the device takes all, packets need no queue to wait in: see {@link
     * PortClasses#bypass}. What may leave goes first, a burst of it; if there is more, packets compete.
     */
    private void enqueueInClasses(TxFrames txFrames, int from, int end, long nowNs, Discards discards) {
        PortClasses tree = attached();
        int[] leaves = tools.leaves;
        leafChoice.choose(tree, txFrames, from, end, nowNs, leaves);
        int next = from;
        if (ready.offered == 0 && ready.capacity - ready.count >= end - from + tools.burstPackets) {
            if (tree.nextEventNs() <= nowNs) {
                dequeueBurst(tree, nowNs, discards);
            }
            next = tree.bypass(leaves, txFrames.bytes, from, end, nowNs);
            ready.add(txFrames, from, next);
        }
        if (next < end) {
            tree.prefetch(leaves, next, end);
        }
        for (int k = next; k < end; k++) {
            int reason = enqueueInLeaf(tree, leaves[k], txFrames, k, nowNs);
            if (reason != ACCEPTED) {
                drop(txFrames, k, reason, discards);
            }
        }
    }

    private int enqueueInLeaf(PortClasses tree, int leaf, TxFrames txFrames, int k, long nowNs) {
        if (leaf == PortClasses.NONE) {
            return QUEUE_FULL;
        }
        long mbuf = txFrames.mbuf[k];
        tools.header.find(mbuf);
        PacketMetadata.write(mbuf, txFrames.egress[k], txFrames.router[k]);
        return REASONS[
                tree.enqueue(leaf, mbuf, txFrames.bytes[k], tools.header.ecn(), nowNs)
                        .index()];
    }

    private static void drop(TxFrames txFrames, int k, int reason, Discards discards) {
        discards.drop(txFrames.mbuf[k], txFrames.egress[k], txFrames.router[k], reason);
    }

    /**
     * Makes ready what may leave now; returns how many packets. What was ready and the device did not take comes first.
     *
     * @param discards for packets that have waited too long.
     */
    public int dequeue(long nowNs, Discards discards) {
        if (!isDirect && ready.offered == 0) {
            PortClasses tree = attached();
            if (tree.queued() > 0) {
                dequeueRound(tree, nowNs, discards);
            }
            isDirect = !tree.isNeeded();
        }
        return ready.count;
    }

    private void dequeueRound(PortClasses tree, long nowNs, Discards discards) {
        boolean isFull = true;
        while (isFull && ready.count < ROUND_PACKETS) {
            isFull = dequeueBurst(tree, nowNs, discards) == tools.burstPackets;
        }
    }

    private int dequeueBurst(PortClasses tree, long nowNs, Discards discards) {
        DequeuedBurst burst = tools.burst;
        int count = tree.dequeue(burst, nowNs);
        makeReady(tree, burst, nowNs);
        discard(burst, discards);
        return count;
    }

    private void makeReady(PortClasses tree, DequeuedBurst burst, long nowNs) {
        for (int k = 0; k < burst.sentCount(); k++) {
            long mbuf = burst.sent(k);
            if (burst.isMarked(k)) {
                tools.header.mark(mbuf);
            }
            ready.add(PacketMetadata.egress(mbuf), PacketMetadata.router(mbuf), mbuf, burst.sentBytes(k));
            int classId = tree.classOf(burst.sentClass(k));
            if (classId != PortClasses.NO_CLASS_ID) {
                tools.statistics.delayed(classId, tree.delayNs(burst, k, nowNs), 1);
            }
        }
    }

    private static void discard(DequeuedBurst burst, Discards discards) {
        for (int k = 0; k < burst.droppedCount(); k++) {
            long mbuf = burst.dropped(k);
            discards.drop(mbuf, PacketMetadata.egress(mbuf), PacketMetadata.router(mbuf), STANDING_QUEUE);
        }
    }

    /** What {@link #dequeue} made ready, in order. */
    public ReadyBatch ready() {
        return ready;
    }

    /** Whether what the device does not take is to be dropped: there is no queue in which it could wait. */
    public boolean isDirect() {
        return isDirect;
    }

    // ---- orders ----

    @Nullable
    PortClasses classes() {
        return classes;
    }

    private PortClasses attached() {
        return Objects.requireNonNull(classes, "the port has no scheduler");
    }

    void attach(PortClasses tree) {
        classes = tree;
    }

    /** After a change of classes or rate: determines whether packets must go through the classes now. */
    void updateDirect() {
        PortClasses tree = classes;
        isDirect = isDirect ? tree == null || !tree.isNeeded() : false;
    }

    /** Gives the scheduler up; what it has queued is dropped. */
    PortClasses detach(Discards discards, long nowNs) {
        PortClasses tree = attached();
        discardAll(discards, nowNs);
        tree.reset(nowNs);
        classes = null;
        isDirect = true;
        return tree;
    }

    /** Drops everything. */
    void discardAll(Discards discards, long nowNs) {
        for (int k = 0; k < ready.count; k++) {
            discards.drop(ready.mbufs.get(k), ready.egress[k], ready.router[k], PORT_DOWN);
        }
        ready.clear();
        PortClasses tree = classes;
        if (tree != null) {
            drain(tree, discards, nowNs);
        }
    }

    private void drain(PortClasses tree, Discards discards, long nowNs) {
        tree.setRate(0, nowNs);
        DequeuedBurst burst = tools.burst;
        while (tree.queued() > 0) {
            tree.drain(burst, nowNs);
            for (int k = 0; k < burst.sentCount(); k++) {
                long mbuf = burst.sent(k);
                discards.drop(mbuf, PacketMetadata.egress(mbuf), PacketMetadata.router(mbuf), PORT_DOWN);
            }
            discard(burst, discards);
        }
    }
}

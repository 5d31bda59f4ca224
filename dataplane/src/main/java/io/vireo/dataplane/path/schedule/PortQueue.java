package io.vireo.dataplane.path.schedule;

import io.vireo.dataplane.classes.ClassOrder;
import io.vireo.dataplane.path.Discards;
import io.vireo.dataplane.schedule.DequeuedBurst;
import io.vireo.dataplane.schedule.QueueVerdict;
import io.vireo.dataplane.schedule.policy.CompiledFilter;
import io.vireo.dataplane.wire.DropReason;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one port. Single user: the worker that sends for it.
 *
 * <p>A port that is not shaped and has no classes is passed <i>directly</i>: packets go into the {@linkplain #ready ready
 * batch} in the order they come, and out in the same round. Otherwise each packet is put into a class, and {@link
 * #dequeue} moves those whose time has come into the batch. The port changes from one way to the other only while nothing
 * is queued, so no packet overtakes another of its class.
 */
public final class PortQueue {
    /** Of {@link #enqueue}: the packet is no longer the caller's. */
    public static final int TAKEN = -1;

    /** Packets that one round takes out of the classes at most: enough for the bursts of two receive queues. */
    private static final int ROUND_PACKETS = 256;

    private static final int QUEUE_FULL = DropReason.QUEUE_FULL.code();
    private static final int PORT_DOWN = DropReason.PORT_DOWN.code();
    private static final int STANDING_QUEUE = DropReason.STANDING_QUEUE.code();

    /** By {@link QueueVerdict#index}. */
    private static final int[] REASONS = {
        TAKEN,
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
    private @Nullable PortClasses classes;
    private boolean isDirect = true;

    /**
     * @param capacity packets that may be ready in one round.
     * @param tools shared by the queues of one worker.
     */
    PortQueue(final int port, final int capacity, final ClassTools tools) {
        this.port = port;
        this.tools = tools;
        ready = new ReadyBatch(capacity);
    }

    /**
     * Takes a packet, or refuses it.
     *
     * @param egress interface it leaves by.
     * @return {@link #TAKEN}, or the code of the {@link DropReason}: then the packet stays the caller's.
     */
    public int enqueue(final int egress, final int router, final long mbuf, final int bytes, final long nowNs) {
        if (!isDirect) {
            return enqueueInClass(egress, router, mbuf, bytes, nowNs);
        }
        if (ready.count == ready.capacity) {
            return QUEUE_FULL;
        }
        ready.add(egress, router, mbuf, bytes);
        return TAKEN;
    }

    private int enqueueInClass(final int egress, final int router, final long mbuf, final int bytes, final long nowNs) {
        final PortClasses tree = attached();
        final boolean isIp = tools.header.find(mbuf);
        final int leaf = leafOf(tree, egress, isIp, nowNs);
        if (leaf == PortClasses.NONE) {
            return QUEUE_FULL;
        }
        PacketNote.write(mbuf, egress, router);
        return REASONS[
                tree.enqueue(leaf, mbuf, bytes, tools.header.ecn(), nowNs).index()];
    }

    private int leafOf(final PortClasses tree, final int egress, final boolean isIp, final long nowNs) {
        int local = chosen(tree, egress, isIp);
        if (local == PortClasses.NONE) {
            local = tools.map.link(egress);
        }
        return local == PortClasses.NONE ? implicitLeaf(tree, egress, nowNs) : tree.leafOf(local, nowNs);
    }

    /** The class that filter and default choose, if it is there and the interface's own. */
    private int chosen(final PortClasses tree, final int egress, final boolean isIp) {
        int classId = PortClasses.NO_CLASS_ID;
        final int filterAt = tools.map.filterAt(egress);
        if (filterAt != ClassOrder.NO_FILTER && isIp) {
            tools.header.readKey();
            classId = CompiledFilter.classOf(tools.filters, filterAt, tools.header.key);
        }
        if (classId == PortClasses.NO_CLASS_ID) {
            classId = tools.map.defaultClass(egress);
        }
        final int local = tools.map.local(classId, port);
        return tree.interfaceOf(local) == egress ? local : PortClasses.NONE;
    }

    private int implicitLeaf(final PortClasses tree, final int egress, final long nowNs) {
        int leaf = tools.map.implicitLeaf(egress);
        if (leaf == PortClasses.NONE) {
            leaf = tree.addImplicitLeaf(egress, nowNs);
            tools.map.setImplicitLeaf(egress, leaf);
        }
        return leaf;
    }

    /**
     * Makes ready what may leave now; returns how many packets. What was ready and the device did not take comes first.
     *
     * @param discards for packets that have waited too long.
     */
    public int dequeue(final long nowNs, final Discards discards) {
        if (!isDirect && ready.count == 0) {
            final PortClasses tree = attached();
            final DequeuedBurst burst = tools.burst;
            boolean isFull = true;
            while (isFull && ready.count < ROUND_PACKETS) {
                isFull = tree.dequeue(burst, nowNs) == tools.burstPackets;
                makeReady(tree, burst, nowNs);
                discard(burst, discards);
            }
            isDirect = !tree.isNeeded();
        }
        return ready.count;
    }

    private void makeReady(final PortClasses tree, final DequeuedBurst burst, final long nowNs) {
        for (int k = 0; k < burst.sentCount(); k++) {
            final long mbuf = burst.sent(k);
            if (burst.isMarked(k)) {
                tools.header.mark(mbuf);
            }
            ready.add(PacketNote.egress(mbuf), PacketNote.router(mbuf), mbuf, burst.sentBytes(k));
            final int classId = tree.classOf(burst.sentClass(k));
            if (classId != PortClasses.NO_CLASS_ID) {
                tools.statistics.delayed(classId, tree.delayNs(burst, k, nowNs));
            }
        }
    }

    private static void discard(final DequeuedBurst burst, final Discards discards) {
        for (int k = 0; k < burst.droppedCount(); k++) {
            final long mbuf = burst.dropped(k);
            discards.drop(mbuf, PacketNote.egress(mbuf), PacketNote.router(mbuf), STANDING_QUEUE);
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

    void attach(final PortClasses tree) {
        classes = tree;
    }

    /** After a change of classes or rate: looks whether packets must pass through the classes now. */
    void choose() {
        final PortClasses tree = classes;
        isDirect = isDirect ? tree == null || !tree.isNeeded() : false;
    }

    /** Gives the scheduler up; what it has queued is dropped. */
    PortClasses detach(final Discards discards, final long nowNs) {
        final PortClasses tree = attached();
        discardAll(discards, nowNs);
        tree.reset(nowNs);
        classes = null;
        isDirect = true;
        return tree;
    }

    /** Drops everything. */
    void discardAll(final Discards discards, final long nowNs) {
        for (int k = 0; k < ready.count; k++) {
            discards.drop(ready.mbufs.get(k), ready.egress[k], ready.router[k], PORT_DOWN);
        }
        ready.clear();
        final PortClasses tree = classes;
        if (tree != null) {
            drain(tree, discards, nowNs);
        }
    }

    private void drain(final PortClasses tree, final Discards discards, final long nowNs) {
        tree.setRate(0, nowNs);
        final DequeuedBurst burst = tools.burst;
        while (tree.queued() > 0) {
            tree.drain(burst, nowNs);
            for (int k = 0; k < burst.sentCount(); k++) {
                final long mbuf = burst.sent(k);
                discards.drop(mbuf, PacketNote.egress(mbuf), PacketNote.router(mbuf), PORT_DOWN);
            }
            discard(burst, discards);
        }
    }
}

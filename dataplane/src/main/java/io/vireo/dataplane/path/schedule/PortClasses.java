package io.vireo.dataplane.path.schedule;

import io.vireo.dataplane.schedule.ClassChange;
import io.vireo.dataplane.schedule.ClassStatistics;
import io.vireo.dataplane.schedule.ClassTree;
import io.vireo.dataplane.schedule.DequeuedBurst;
import io.vireo.dataplane.schedule.HfscLimits;
import io.vireo.dataplane.schedule.HfscScheduler;
import io.vireo.dataplane.schedule.LinkOverhead;
import io.vireo.dataplane.schedule.QueueVerdict;
import io.vireo.dataplane.schedule.policy.ImplicitShare;
import io.vireo.dataplane.wire.code.ClassDropReason;
import io.vireo.dataplane.wire.counters.ClassStatisticsWriter;
import io.vireo.dataplane.wire.layout.SharedLayout;
import io.vireo.dataplane.wire.value.ClassSpec;
import java.util.Arrays;

/**
 * The classes of one port: an {@link HfscScheduler} under ids of its own, so that a port's memory does not depend on how many
 * classes the node has, and so that the id of a removed class can be given again while its last packets leave.
 *
 * <p>Beside the owner's classes there are implicit ones, made when a packet first needs them and gone with their reason: one
 * under the port for each interface without classes, and one under each class that has children, for what no child wants.
 * They have no guarantee and a small share. One more under the port is for the routers' own network control.
 *
 * <p>A removed class that still holds packets is put under its grandparent to drain there; so its parent can be a leaf with a
 * guarantee, or go, at once.
 *
 * <p>Single user: at first the conductor, then the worker that sends for the port, then the conductor again; see {@link
 * PortSlots}. Allocates in the constructor only.
 */
public final class PortClasses {
    static final int ROOT = 0;
    static final int NONE = 0;

    /** {@link #classOf} of implicit classes and of those that leave. */
    static final int NO_CLASS_ID = 0;

    /** {@link #interfaceOf} of groups. */
    static final int NO_INTERFACE = -1;

    /** Less than a class of the owner's, because all implicit ones share one quota. */
    private static final int IMPLICIT_PACKETS = 256;

    private static final int IMPLICIT_BYTES = 1 << 20;

    /** Buffers of their own for the routers' network control, beside the pool that VPNs divide. */
    private static final int OWN_CONTROL_PACKETS = 128;

    private static final int OWN_CONTROL_BYTES = 256 << 10;

    private static final int OWN_CONTROL_QUOTA = SharedLayout.MAX_QUOTAS;

    /**
     * So steep that its packets are always the next to be due: {@link OwnControlBounds} has bounded them. They are charged to the
     * port, so its rate is kept.
     */
    private static final long OWN_CONTROL_BITS_PER_SECOND = 1_000_000_000;

    /**
     * By how much a limited class or port may catch up when the worker was late. Threads that share their cores are away for
     * a few milliseconds; without the slack that time would be lost to the rate.
     */
    private static final long SLACK_NS = 5_000_000;

    /**
     * So long the worker may be away without a loss to guarantees: a class that sends nearly as much as it is guaranteed would catch up
     * slowly, and absences would add up. What was guaranteed in a longer one nobody gets.
     */
    private static final long ABSENCE_NS = 25_000_000;

    private static final int CODEL_FRAME_BYTES = 1_518;
    private static final int LEAVING_LIMIT = 64;

    private static final QueueVerdict[] DROPS = Arrays.stream(QueueVerdict.values())
            .filter(verdict -> ClassDropReason.ofCode(verdict.index()) != null)
            .toArray(QueueVerdict[]::new);

    private final PortClock clock = new PortClock(ABSENCE_NS);
    private final HfscScheduler scheduler;
    private final ClassTree tree;
    private final ClassStatistics statistics;
    private final ClassSpec implicit = new ClassSpec()
            .linkShare(ImplicitShare.MAX_BITS_PER_SECOND, 0, ImplicitShare.MAX_BITS_PER_SECOND)
            .queue(IMPLICIT_PACKETS, IMPLICIT_BYTES);
    private final ClassSpec ownControl = new ClassSpec()
            .realTime(OWN_CONTROL_BITS_PER_SECOND, 0, OWN_CONTROL_BITS_PER_SECOND)
            .queue(OWN_CONTROL_PACKETS, OWN_CONTROL_BYTES)
            .quota(OWN_CONTROL_QUOTA);
    private final ClassSpec limit = new ClassSpec();
    private final int[] classOf;
    private final int[] interfaceOf;
    private final int[] defaultLeaf;
    private final int[] configuredChildren;
    private final int[] free;
    private final int[] leaving;
    private int freeCount;
    private int leavingCount;
    private int nextLeaving;
    private int nextPublished = 1;
    private int highest;
    private int classes;
    private int queued;
    private int ownControlLeaf = NONE;
    private long rateBitsPerSecond;
    private ClassChange refusal = ClassChange.DONE;

    /** A scheduler without classes. Takes all its memory. */
    public PortClasses(SchedulingLimits limits) {
        scheduler = new HfscScheduler(new HfscLimits(
                limits.portClasses(),
                limits.portPackets() + OWN_CONTROL_PACKETS,
                SharedLayout.MAX_QUOTAS + 1,
                LinkOverhead.ETHERNET,
                CODEL_FRAME_BYTES,
                SLACK_NS));
        tree = scheduler.classes();
        statistics = scheduler.statistics();
        int capacity = limits.portClasses();
        classOf = new int[capacity];
        interfaceOf = new int[capacity];
        defaultLeaf = new int[capacity];
        configuredChildren = new int[capacity];
        free = new int[capacity];
        leaving = new int[capacity];
        for (int local = capacity - 1; local > ROOT; local--) {
            free[freeCount++] = local;
        }
        interfaceOf[ROOT] = NO_INTERFACE;
        setQuota(OWN_CONTROL_QUOTA, OWN_CONTROL_PACKETS, OWN_CONTROL_BYTES);
    }

    private long schedulerNs(long nowNs) {
        return clock.at(nowNs, queued > 0);
    }

    /** Sets a quota; see {@link io.vireo.dataplane.schedule.BufferQuotas#set}. */
    public ClassChange setQuota(int quotaId, long packets, long bytes) {
        return scheduler.quotas().set(quotaId, packets, bytes);
    }

    /** Counts so many bytes of wire for each frame beyond its own. */
    void setOverhead(int bytes) {
        scheduler.setOverhead(bytes);
    }

    /** Shapes the port to bit/s, or with 0 not at all. */
    void setRate(long rateBitsPerSecond, long nowNs) {
        limit.clear();
        if (rateBitsPerSecond > 0) {
            limit.upperLimit(rateBitsPerSecond, 0, rateBitsPerSecond);
        }
        tree.limitPort(limit, schedulerNs(nowNs));
        this.rateBitsPerSecond = rateBitsPerSecond;
    }

    /** What the port is shaped to; 0 = not at all. */
    long rateBitsPerSecond() {
        return rateBitsPerSecond;
    }

    /** Whether packets must go through here: else they may go straight to the device. */
    boolean isNeeded() {
        return rateBitsPerSecond > 0 || classes > 0 || queued > 0;
    }

    // ---- classes ----

    /** Adds a class; returns its local id, or {@link #NONE} for a {@link #refusal}. */
    int add(int classId, int parent, int interfaceId, ClassSpec spec, long nowNs) {
        keepBacklog(parent, nowNs);
        int local = insert(parent, interfaceId, spec, nowNs);
        if (local != NONE) {
            classOf[local] = classId;
            configuredChildren[parent]++;
            classes++;
        }
        return local;
    }

    private int insert(int parent, int interfaceId, ClassSpec spec, long nowNs) {
        if (freeCount == 0) {
            refusal = ClassChange.NO_ROOM;
            return NONE;
        }
        int local = free[freeCount - 1];
        refusal = tree.add(local, parent, spec, schedulerNs(nowNs));
        if (refusal != ClassChange.DONE) {
            return NONE;
        }
        freeCount--;
        highest = Math.max(highest, local);
        interfaceOf[local] = interfaceId;
        classOf[local] = NO_CLASS_ID;
        defaultLeaf[local] = NONE;
        configuredChildren[local] = 0;
        return local;
    }

    /** What a leaf has queued stays where its further packets will go: below it, in its default leaf. */
    private void keepBacklog(int parent, long nowNs) {
        if (parent != ROOT && tree.children(parent) == 0 && statistics.queuedPackets(parent) > 0) {
            defaultLeaf[parent] = insert(parent, interfaceOf[parent], implicit, nowNs);
        }
    }

    /** Changes a class; false for a {@link #refusal}. */
    boolean alter(int local, ClassSpec spec, long nowNs) {
        refusal = tree.alter(local, spec, schedulerNs(nowNs));
        return refusal == ClassChange.DONE;
    }

    /** Puts a class under another parent; false for a {@link #refusal}. */
    boolean move(int local, int parent, long nowNs) {
        int oldParent = tree.parent(local);
        if (oldParent == parent) {
            return true;
        }
        keepBacklog(parent, nowNs);
        refusal = tree.move(local, parent, schedulerNs(nowNs));
        if (refusal != ClassChange.DONE) {
            settle(parent, nowNs);
            return false;
        }
        configuredChildren[oldParent]--;
        configuredChildren[parent]++;
        settle(oldParent, nowNs);
        return true;
    }

    /** Removes a class without children of its owner's; what it has queued leaves first. */
    void remove(int local, long nowNs) {
        int parent = tree.parent(local);
        settle(local, nowNs);
        release(local, nowNs);
        classes--;
        configuredChildren[parent]--;
        settle(parent, nowNs);
    }

    /** A class that has lost its last child becomes a leaf again. */
    private void settle(int parent, long nowNs) {
        if (parent != ROOT && configuredChildren[parent] == 0 && defaultLeaf[parent] != NONE) {
            int leaf = defaultLeaf[parent];
            defaultLeaf[parent] = NONE;
            release(leaf, nowNs);
        }
    }

    /** Lets a class go as soon as it is empty. */
    void release(int local, long nowNs) {
        classOf[local] = NO_CLASS_ID;
        int parent = tree.parent(local);
        if (tree.remove(local) == ClassChange.DRAINING && parent != ROOT) {
            tree.move(
                    local, tree.parent(parent), schedulerNs(nowNs)); // if there is no room there, it drains where it is
        }
        leaving[leavingCount++] = local;
    }

    /** Why the last change was not made. */
    ClassChange refusal() {
        return refusal;
    }

    int interfaceOf(int local) {
        return interfaceOf[local];
    }

    int parent(int local) {
        return tree.parent(local);
    }

    // ---- leaves ----

    /** The leaf for packets of a class: itself, or its default leaf; {@link #NONE} if there is no room for one. */
    int leafOf(int local, long nowNs) {
        if (tree.children(local) == 0) {
            return local;
        }
        if (defaultLeaf[local] == NONE) {
            defaultLeaf[local] = insert(local, interfaceOf[local], implicit, nowNs);
        }
        return defaultLeaf[local];
    }

    /** A new leaf under the port for an interface without classes, or {@link #NONE}. */
    int addImplicitLeaf(int interfaceId, long nowNs) {
        return insert(ROOT, interfaceId, implicit, nowNs);
    }

    /** The leaf under the port for the routers' own network control, or {@link #NONE} if there is no room for one. */
    int ownControlLeaf(long nowNs) {
        if (ownControlLeaf == NONE) {
            ownControlLeaf = insert(ROOT, NO_INTERFACE, ownControl, nowNs);
        }
        return ownControlLeaf;
    }

    // ---- packets ----

    /** Prefetches the state of packets to be enqueued, see {@link HfscScheduler#prefetch}. */
    void prefetch(int[] leaves, int from, int end) {
        scheduler.prefetch(leaves, from, end);
    }

    /** Lets packets bypass the queues while nothing that is queued may leave, see {@link HfscScheduler#bypass}. */
    int bypass(int[] leaves, int[] frameBytes, int from, int end, long nowNs) {
        return scheduler.bypass(leaves, frameBytes, from, end, schedulerNs(nowNs));
    }

    QueueVerdict enqueue(int leaf, long mbuf, int frameBytes, int ecn, long nowNs) {
        QueueVerdict verdict = scheduler.enqueue(leaf, mbuf, frameBytes, ecn, schedulerNs(nowNs));
        if (verdict == QueueVerdict.QUEUED) {
            queued++;
        }
        return verdict;
    }

    int dequeue(DequeuedBurst burst, long nowNs) {
        int count = scheduler.dequeue(schedulerNs(nowNs), burst);
        queued -= count + burst.droppedCount();
        return count;
    }

    /** The node-wide id of a packet's class, or {@link #NO_CLASS_ID}. */
    int classOf(int local) {
        return classOf[local];
    }

    /** How long a packet of the burst was queued. */
    long delayNs(DequeuedBurst burst, int index, long nowNs) {
        return clock.elapsedNs(burst.sentArrivalNs(index), schedulerNs(nowNs));
    }

    int queued() {
        return queued;
    }

    /** When there may be something to send; {@link Long#MAX_VALUE} if nothing is queued. */
    long nextEventNs() {
        return queued == 0 ? Long.MAX_VALUE : clock.workerNs(nextSchedulerNs());
    }

    /**
     * Takes the next packets out as if their time had come. Scheduler time runs ahead for it, and goes on from
     * there. The port must have been {@linkplain #setRate set free}.
     */
    int drain(DequeuedBurst burst, long nowNs) {
        long schedulerNs = schedulerNs(nowNs);
        if (queued > 0) {
            clock.skip(Math.max(0, nextSchedulerNs() - schedulerNs));
        }
        return dequeue(burst, nowNs);
    }

    /** "At once" is the smallest of all numbers to the scheduler, and too small to compute with. */
    private long nextSchedulerNs() {
        return Math.max(0, scheduler.nextEventNs());
    }

    // ---- housekeeping ----

    /** Forgets classes that have gone; a part of them at each call. */
    void reclaim() {
        for (int n = Math.min(leavingCount, LEAVING_LIMIT); n > 0; n--) {
            nextLeaving = nextLeaving + 1 < leavingCount ? nextLeaving + 1 : 0;
            int local = leaving[nextLeaving];
            if (tree.exists(local) && !tree.isDraining(local)) {
                tree.remove(local);
            }
            if (!tree.exists(local)) {
                leaving[nextLeaving] = leaving[--leavingCount];
                free[freeCount++] = local;
            }
        }
    }

    /** Publishes the statistics of a part of the classes, the next part at the next call. */
    void publish(ClassStatisticsWriter writer, int limit) {
        for (int n = Math.min(limit, highest); n > 0; n--) {
            nextPublished = nextPublished < highest ? nextPublished + 1 : 1;
            if (classOf[nextPublished] != NO_CLASS_ID) {
                publishClass(writer, nextPublished);
            }
        }
    }

    /** Publishes the statistics of one class of the owner's. */
    void publishClass(ClassStatisticsWriter writer, int local) {
        int classId = classOf[local];
        writer.sent(
                classId, statistics.sentPackets(local), statistics.sentBytes(local), statistics.markedPackets(local));
        writer.served(classId, statistics.wireBytes(local), statistics.guaranteedWireBytes(local));
        writer.queued(classId, statistics.queuedPackets(local), statistics.queuedBytes(local));
        long bypassed = statistics.takeBypassed(local);
        if (bypassed > 0) {
            writer.delayed(classId, 0, (int) bypassed);
        }
        for (int reason = 0; reason < DROPS.length; reason++) {
            writer.dropped(classId, DROPS[reason].index(), statistics.droppedPackets(local, DROPS[reason]));
        }
    }

    /** Makes it as new, but for the scheduler time; nothing may be queued and no class be left but implicit ones. */
    void reset(long nowNs) {
        while (removeLeaves()) {
            // each round removes the next generation
        }
        classes = 0;
        ownControlLeaf = NONE;
        leavingCount = 0;
        freeCount = 0;
        highest = 0;
        for (int local = free.length - 1; local > ROOT; local--) {
            free[freeCount++] = local;
        }
        setRate(0, nowNs);
    }

    private boolean removeLeaves() {
        boolean hasRemoved = false;
        for (int local = highest; local > ROOT; local--) {
            if (tree.exists(local) && tree.remove(local) == ClassChange.DONE) {
                hasRemoved = true;
            }
        }
        return hasRemoved;
    }
}

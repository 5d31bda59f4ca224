package io.vireo.dataplane.schedule;

import static io.vireo.dataplane.schedule.ClassTable.CODEL;
import static io.vireo.dataplane.schedule.ClassTable.DRAINING;
import static io.vireo.dataplane.schedule.ClassTable.INTERIOR;
import static io.vireo.dataplane.schedule.ClassTable.IN_USE;
import static io.vireo.dataplane.schedule.ClassTable.LENT_SHARE;
import static io.vireo.dataplane.schedule.ClassTable.LINK_SHARE;
import static io.vireo.dataplane.schedule.ClassTable.NONE;
import static io.vireo.dataplane.schedule.ClassTable.REAL_TIME;
import static io.vireo.dataplane.schedule.ClassTable.ROOT;

import io.vireo.dataplane.wire.value.ClassSpec;

/**
 * Adds, alters, moves and removes classes while packets flow. No change drops a queued packet; a refused one changes
 * nothing.
 *
 * <p>A class that gets its first child hands its queue to it, and keeps its real-time curve for the day it is a leaf
 * again; without a link-share curve it shares by its real-time one, since its children could not be reached otherwise.
 * A class that is removed while packets wait takes no more, sends them at its guarantee and then goes.
 *
 * <p>Nothing here allocates. Called by the thread that owns the port, between bursts.
 */
public final class ClassTree {
    private final ClassTable table;
    private final Parents parents;
    private final PacketQueues queues;
    private final BufferQuotas quotas;
    private final CoDel codel;
    private final ClassStatistics statistics;
    private final RealTime realTime;
    private final LinkShare linkShare;
    private final CurveChange curves;

    ClassTree(
            ClassTable table,
            Parents parents,
            PacketQueues queues,
            BufferQuotas quotas,
            CoDel codel,
            ClassStatistics statistics,
            RealTime realTime,
            LinkShare linkShare) {
        this.table = table;
        this.parents = parents;
        this.queues = queues;
        this.quotas = quotas;
        this.codel = codel;
        this.statistics = statistics;
        this.realTime = realTime;
        this.linkShare = linkShare;
        this.curves = new CurveChange(table, queues, realTime, linkShare);
        table.setPair(ROOT, ClassTable.LINKS, NONE, IN_USE | INTERIOR);
    }

    /** Adds a leaf under a class, 0 being the port. */
    public ClassChange add(int classId, int parentId, ClassSpec spec, long nowNs) {
        ClassChange check = checkAdd(classId, parentId, spec);
        if (check != ClassChange.DONE) {
            return check;
        }
        if (!parents.makeRoom(parentId)) {
            return ClassChange.NO_ROOM;
        }
        boolean wasLeaf = !table.has(parentId, INTERIOR);
        if (wasLeaf) {
            becomeInterior(parentId, nowNs);
        }
        table.setPair(classId, ClassTable.LINKS, parentId, IN_USE);
        table.onAdded();
        parents.addChild(parentId, classId);
        setQueue(classId, spec);
        table.setPair(classId, ClassTable.LIMITS, spec.queuePackets(), spec.quotaId());
        curves.begin(classId, spec, nowNs);
        if (wasLeaf && queues.packets(parentId) > 0) {
            queues.handOver(parentId, classId);
            curves.activate(classId, nowNs);
        }
        return ClassChange.DONE;
    }

    /** Gives a class other curves, limits or quota; what is queued stays, what was served stays served. */
    public ClassChange alter(int classId, ClassSpec spec, long nowNs) {
        if (classId == ROOT) {
            return ClassChange.ROOT;
        }
        if (!table.exists(classId) || table.has(classId, DRAINING)) {
            return ClassChange.NO_CLASS;
        }
        ClassChange check = checkSpec(spec);
        if (check != ClassChange.DONE) {
            return check;
        }
        queues.changeQuota(classId, spec.quotaId());
        setQueue(classId, spec);
        curves.alter(classId, spec, nowNs);
        return ClassChange.DONE;
    }

    /** Shapes the whole port to the upper limit of a spec, or lifts the limit if there is none. */
    public ClassChange limitPort(ClassSpec spec, long nowNs) {
        ClassChange check = SpecCheck.ofLimit(spec.upperLimit());
        if (check == ClassChange.DONE) {
            curves.alterLimit(ROOT, spec.upperLimit(), nowNs);
        }
        return check;
    }

    /** Puts a class, and all below it, under another parent. */
    public ClassChange move(int classId, int parentId, long nowNs) {
        ClassChange check = checkMove(classId, parentId);
        if (check != ClassChange.DONE || table.parent(classId) == parentId) {
            return check;
        }
        if (!parents.makeRoom(parentId)) {
            return ClassChange.NO_ROOM;
        }
        if (!table.has(parentId, INTERIOR)) {
            becomeInterior(parentId, nowNs);
        }
        boolean wasActive = table.isActive(classId);
        if (wasActive) {
            linkShare.passivate(classId, nowNs);
        }
        leaveParent(classId);
        table.setPair(classId, ClassTable.LINKS, parentId, table.low(classId, ClassTable.LINKS));
        parents.addChild(parentId, classId);
        if (table.hasCurve(classId, LINK_SHARE)) {
            linkShare.attach(classId, parentId);
        }
        if (wasActive) {
            linkShare.activate(classId, nowNs);
        }
        return ClassChange.DONE;
    }

    /** Removes a leaf, now or when its queue is empty; its id is free again when {@link #exists} says so. */
    public ClassChange remove(int classId) {
        if (classId == ROOT) {
            return ClassChange.ROOT;
        }
        if (!table.exists(classId)) {
            return ClassChange.NO_CLASS;
        }
        if (table.has(classId, INTERIOR)) {
            return ClassChange.HAS_CHILDREN;
        }
        if (queues.packets(classId) > 0) {
            table.raise(classId, DRAINING);
            return ClassChange.DRAINING;
        }
        erase(classId);
        return ClassChange.DONE;
    }

    /** Whether the id names a class, perhaps one that drains. */
    public boolean exists(int classId) {
        return table.exists(classId);
    }

    /** Whether the class will go when its queue is empty. */
    public boolean isDraining(int classId) {
        return table.has(classId, DRAINING);
    }

    /** The parent's id; -1 for the root. */
    public int parent(int classId) {
        return table.parent(classId);
    }

    /** How many children a class has. */
    public int children(int classId) {
        return table.has(classId, INTERIOR) ? parents.children(classId) : 0;
    }

    /** The queue of a draining class is empty. */
    void erase(int classId) {
        leaveParent(classId);
        table.erase(classId);
        statistics.clear(classId);
    }

    private ClassChange checkAdd(int classId, int parentId, ClassSpec spec) {
        if (classId < 0 || classId >= table.capacity) {
            return ClassChange.NO_ID;
        }
        if (table.has(classId, IN_USE)) {
            return ClassChange.ID_IN_USE;
        }
        if (!table.exists(parentId) || table.has(parentId, DRAINING)) {
            return ClassChange.NO_PARENT;
        }
        return checkSpec(spec);
    }

    private ClassChange checkSpec(ClassSpec spec) {
        ClassChange check = SpecCheck.of(spec);
        return check == ClassChange.DONE && !quotas.exists(spec.quotaId()) ? ClassChange.NO_QUOTA : check;
    }

    private ClassChange checkMove(int classId, int parentId) {
        if (classId == ROOT) {
            return ClassChange.ROOT;
        }
        if (!table.exists(classId)) {
            return ClassChange.NO_CLASS;
        }
        if (!table.exists(parentId) || table.has(parentId, DRAINING)) {
            return ClassChange.NO_PARENT;
        }
        for (int above = parentId; above != NONE; above = table.parent(above)) {
            if (above == classId) {
                return ClassChange.CYCLE;
            }
        }
        boolean isBusyLeaf = !table.has(parentId, INTERIOR) && queues.packets(parentId) > 0;
        return isBusyLeaf ? ClassChange.PARENT_BUSY : ClassChange.DONE;
    }

    private void becomeInterior(int classId, long nowNs) {
        realTime.passivate(classId);
        if (table.isActive(classId)) {
            linkShare.passivate(classId, nowNs);
        }
        if (!table.hasCurve(classId, LINK_SHARE)) {
            LINK_SHARE.borrowShape(table.at(classId), REAL_TIME);
            table.raise(classId, LENT_SHARE);
            linkShare.attach(classId, table.parent(classId));
        }
        table.raise(classId, INTERIOR);
    }

    private void leaveParent(int classId) {
        int parentId = table.parent(classId);
        parents.removeChild(parentId, classId);
        if (parents.children(parentId) > 0 || parentId == ROOT) {
            return;
        }
        table.lower(parentId, INTERIOR);
        if (table.has(parentId, LENT_SHARE)) {
            LINK_SHARE.removeFrom(table.at(parentId));
            table.lower(parentId, LENT_SHARE);
        }
    }

    private void setQueue(int classId, ClassSpec spec) {
        table.setPair(classId, ClassTable.LIMITS, spec.queuePackets(), table.low(classId, ClassTable.LIMITS));
        table.setPair(classId, ClassTable.BYTES, spec.queueBytes(), table.low(classId, ClassTable.BYTES));
        table.lower(classId, CODEL);
        if (spec.codelTargetNs() > 0) {
            table.raise(classId, CODEL);
            codel.configure(classId, spec.codelTargetNs(), spec.codelIntervalNs());
        }
    }
}

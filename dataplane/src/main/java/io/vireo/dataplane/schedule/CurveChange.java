package io.vireo.dataplane.schedule;

import static io.vireo.dataplane.schedule.ClassTable.INTERIOR;
import static io.vireo.dataplane.schedule.ClassTable.LENT_SHARE;
import static io.vireo.dataplane.schedule.ClassTable.LINK_SHARE;
import static io.vireo.dataplane.schedule.ClassTable.REAL_TIME;
import static io.vireo.dataplane.schedule.ClassTable.ROOT;
import static io.vireo.dataplane.schedule.ClassTable.RT_WORK;
import static io.vireo.dataplane.schedule.ClassTable.TOTAL;
import static io.vireo.dataplane.schedule.ClassTable.UPPER_LIMIT;

import io.vireo.dataplane.schedule.policy.CurveParameters;
import io.vireo.dataplane.wire.value.ClassSpec;

/**
 * Gives a class its curves, or others than it had, backlogged or not. A curve that had another before goes on from the
 * point it has reached; a new one starts now. Single writer.
 */
final class CurveChange {
    private final ClassTable table;
    private final PacketQueues queues;
    private final RealTime realTime;
    private final LinkShare linkShare;

    CurveChange(ClassTable table, PacketQueues queues, RealTime realTime, LinkShare linkShare) {
        this.table = table;
        this.queues = queues;
        this.realTime = realTime;
        this.linkShare = linkShare;
    }

    /** The curves of a class that is new and idle. */
    void begin(int classId, ClassSpec spec, long nowNs) {
        long at = table.at(classId);
        if (spec.realTime().isPresent()) {
            start(REAL_TIME, at, spec.realTime(), nowNs, 0);
        }
        if (spec.linkShare().isPresent()) {
            shape(LINK_SHARE, at, spec.linkShare());
            linkShare.attach(classId, table.parent(classId));
        }
        if (spec.upperLimit().isPresent()) {
            start(UPPER_LIMIT, at, spec.upperLimit(), nowNs, 0);
        }
    }

    /** An idle leaf has got a queue. */
    void activate(int leaf, long nowNs) {
        if (table.hasCurve(leaf, REAL_TIME)) {
            realTime.activate(leaf, nowNs);
        }
        if (table.hasCurve(leaf, LINK_SHARE)) {
            linkShare.activate(leaf, nowNs);
        }
    }

    void alter(int classId, ClassSpec spec, long nowNs) {
        alterRealTime(classId, spec.realTime(), nowNs);
        boolean borrows = table.has(classId, INTERIOR) && !spec.linkShare().isPresent();
        table.lower(classId, LENT_SHARE);
        if (borrows) {
            table.raise(classId, LENT_SHARE);
        }
        alterShare(classId, borrows ? spec.realTime() : spec.linkShare(), nowNs);
        alterLimit(classId, spec.upperLimit(), nowNs);
    }

    /** Another upper limit, or none, for a class or the root. */
    void alterLimit(int classId, CurveParameters numbers, long nowNs) {
        long at = table.at(classId);
        long total = Words.get(at + TOTAL);
        if (!numbers.isPresent()) {
            UPPER_LIMIT.removeFrom(at);
        } else if (UPPER_LIMIT.isPresent(at)) {
            bend(UPPER_LIMIT, at, UPPER_LIMIT.inverse(at, total), total, numbers);
        } else {
            start(UPPER_LIMIT, at, numbers, nowNs, total);
        }
        if (classId != ROOT && table.isActive(classId)) {
            linkShare.resume(classId, nowNs);
        }
    }

    private void alterRealTime(int classId, CurveParameters numbers, long nowNs) {
        long at = table.at(classId);
        long work = Words.get(at + RT_WORK);
        boolean isBacklogged = queues.packets(classId) > 0;
        if (!numbers.isPresent()) {
            realTime.passivate(classId);
            REAL_TIME.removeFrom(at);
        } else if (REAL_TIME.isPresent(at)) {
            bend(REAL_TIME, at, REAL_TIME.eligible(at, work), work, numbers);
            if (isBacklogged) {
                realTime.proceed(classId, nowNs);
            }
        } else {
            start(REAL_TIME, at, numbers, nowNs, work);
            if (isBacklogged) {
                realTime.activate(classId, nowNs);
            }
        }
    }

    private void alterShare(int classId, CurveParameters numbers, long nowNs) {
        long at = table.at(classId);
        long total = Words.get(at + TOTAL);
        if (!numbers.isPresent()) {
            if (table.isActive(classId)) {
                linkShare.passivate(classId, nowNs);
            }
            LINK_SHARE.removeFrom(at);
        } else if (LINK_SHARE.isPresent(at)) {
            bend(LINK_SHARE, at, LINK_SHARE.inverse(at, total), total, numbers);
        } else {
            shape(LINK_SHARE, at, numbers);
            linkShare.attach(classId, table.parent(classId));
            if (queues.packets(classId) > 0) {
                linkShare.activate(classId, nowNs);
            }
        }
    }

    private void start(RuntimeCurve curve, long at, CurveParameters numbers, long nowNs, long work) {
        shape(curve, at, numbers);
        curve.restart(at, nowNs, work);
    }

    private void shape(RuntimeCurve curve, long at, CurveParameters numbers) {
        curve.shape(at, numbers.firstRateBitsPerSecond(), numbers.firstSpanNs(), numbers.secondRateBitsPerSecond());
    }

    private void bend(RuntimeCurve curve, long at, long reached, long work, CurveParameters numbers) {
        curve.bend(
                at,
                reached,
                work,
                numbers.firstRateBitsPerSecond(),
                numbers.firstSpanNs(),
                numbers.secondRateBitsPerSecond());
    }
}

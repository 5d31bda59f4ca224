package io.vireo.dataplane.schedule;

import io.vireo.dataplane.schedule.policy.CurveDefect;
import io.vireo.dataplane.schedule.policy.CurveParameters;
import io.vireo.dataplane.wire.value.ClassSpec;

/** What is wrong with the numbers of a class by themselves. Stateless. */
final class SpecCheck {
    private SpecCheck() {}

    /** Returns the first thing that is wrong, or DONE. */
    static ClassChange of(ClassSpec spec) {
        if (!spec.realTime().isPresent() && !spec.linkShare().isPresent()) {
            return ClassChange.NO_CURVE;
        }
        if (isDefective(spec.realTime())) {
            return ClassChange.BAD_REAL_TIME;
        }
        if (isDefective(spec.linkShare())) {
            return ClassChange.BAD_LINK_SHARE;
        }
        ClassChange check = ofLimit(spec.upperLimit());
        if (check != ClassChange.DONE) {
            return check;
        }
        if (spec.upperLimit().isPresent() && !spec.linkShare().isPresent()) {
            return ClassChange.LIMIT_WITHOUT_SHARE;
        }
        return isQueueGood(spec) ? ClassChange.DONE : ClassChange.BAD_QUEUE;
    }

    /** As {@link #of}, for an upper limit alone. */
    static ClassChange ofLimit(CurveParameters limit) {
        return isDefective(limit) ? ClassChange.BAD_UPPER_LIMIT : ClassChange.DONE;
    }

    private static boolean isDefective(CurveParameters curve) {
        return curve.defect() != CurveDefect.NONE;
    }

    private static boolean isQueueGood(ClassSpec spec) {
        long targetNs = spec.codelTargetNs();
        long intervalNs = spec.codelIntervalNs();
        boolean isCodelGood = (targetNs == 0 && intervalNs == 0) || (targetNs > 0 && intervalNs > 0);
        return spec.queuePackets() > 0 && spec.queueBytes() > 0 && isCodelGood;
    }
}

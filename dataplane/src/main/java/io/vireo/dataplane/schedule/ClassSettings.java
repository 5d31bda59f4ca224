package io.vireo.dataplane.schedule;

import io.vireo.dataplane.schedule.policy.CurveDefect;
import io.vireo.dataplane.schedule.policy.CurveParameters;
import io.vireo.dataplane.schedule.policy.ServiceCurve;

/**
 * What a class is to be: curves, queue limits, quota. Mutable and reusable, so that the thread that applies commands
 * need not allocate; {@link ClassTree} copies what it needs.
 *
 * <p>A curve whose three numbers are 0 is absent. After {@link #clear}: no curve, a queue of 1,000 packets and 16 MB,
 * quota 0, no CoDel. Not thread-safe.
 */
public final class ClassSettings {
    static final int DEFAULT_PACKETS = 1_000;
    static final int DEFAULT_BYTES = 16 << 20;

    final CurveParameters realTime = new CurveParameters();
    final CurveParameters linkShare = new CurveParameters();
    final CurveParameters upperLimit = new CurveParameters();
    int maxPackets;
    int maxBytes;
    int quotaId;
    long codelTargetNs;
    long codelIntervalNs;

    /** Settings as after {@link #clear}. */
    public ClassSettings() {
        clear();
    }

    /** Back to the defaults. */
    public ClassSettings clear() {
        realTime.set(0, 0, 0);
        linkShare.set(0, 0, 0);
        upperLimit.set(0, 0, 0);
        return queue(DEFAULT_PACKETS, DEFAULT_BYTES).quota(0).codel(0, 0);
    }

    /** The guarantee: rates in bits per second, span in nanoseconds, as {@link ServiceCurve} has them. */
    public ClassSettings realTime(long firstRate, long spanNs, long secondRate) {
        realTime.set(firstRate, spanNs, secondRate);
        return this;
    }

    /** The share of what is left over. */
    public ClassSettings linkShare(long firstRate, long spanNs, long secondRate) {
        linkShare.set(firstRate, spanNs, secondRate);
        return this;
    }

    /** The maximum that link share may give. */
    public ClassSettings upperLimit(long firstRate, long spanNs, long secondRate) {
        upperLimit.set(firstRate, spanNs, secondRate);
        return this;
    }

    /** The guarantee, the share and the limit of a class that an order carries. */
    public ClassSettings curves(CurveParameters guarantee, CurveParameters share, CurveParameters limit) {
        realTime.copyFrom(guarantee);
        linkShare.copyFrom(share);
        upperLimit.copyFrom(limit);
        return this;
    }

    /** As {@link #realTime(long, long, long)}. */
    public ClassSettings realTime(ServiceCurve curve) {
        realTime.set(curve);
        return this;
    }

    /** As {@link #linkShare(long, long, long)}. */
    public ClassSettings linkShare(ServiceCurve curve) {
        linkShare.set(curve);
        return this;
    }

    /** As {@link #upperLimit(long, long, long)}. */
    public ClassSettings upperLimit(ServiceCurve curve) {
        upperLimit.set(curve);
        return this;
    }

    /** The simple form {@code guarantee:}: the same curve for real time and link share. */
    public ClassSettings guarantee(ServiceCurve curve) {
        return realTime(curve).linkShare(curve);
    }

    /** How long the queue may grow; both positive. */
    public ClassSettings queue(int packets, int bytes) {
        maxPackets = packets;
        maxBytes = bytes;
        return this;
    }

    /** Whose buffers the queue uses, see {@link BufferQuotas}. */
    public ClassSettings quota(int id) {
        quotaId = id;
        return this;
    }

    /** RFC 8289 with this target and interval, 5 ms and 100 ms there; zeros turn it off. */
    public ClassSettings codel(long targetNs, long intervalNs) {
        codelTargetNs = targetNs;
        codelIntervalNs = intervalNs;
        return this;
    }

    /** What is wrong with these numbers by themselves, or DONE. */
    ClassChange check() {
        if (!realTime.isPresent() && !linkShare.isPresent()) {
            return ClassChange.NO_CURVE;
        }
        if (realTime.defect() != CurveDefect.NONE) {
            return ClassChange.BAD_REAL_TIME;
        }
        if (linkShare.defect() != CurveDefect.NONE) {
            return ClassChange.BAD_LINK_SHARE;
        }
        return checkLimit();
    }

    private ClassChange checkLimit() {
        if (upperLimit.defect() != CurveDefect.NONE) {
            return ClassChange.BAD_UPPER_LIMIT;
        }
        if (upperLimit.isPresent() && !linkShare.isPresent()) {
            return ClassChange.LIMIT_WITHOUT_SHARE;
        }
        return isQueueGood() ? ClassChange.DONE : ClassChange.BAD_QUEUE;
    }

    private boolean isQueueGood() {
        boolean isCodelGood =
                (codelTargetNs == 0 && codelIntervalNs == 0) || (codelTargetNs > 0 && codelIntervalNs > 0);
        return maxPackets > 0 && maxBytes > 0 && isCodelGood;
    }
}

package io.vireo.dataplane.wire.value;

import io.vireo.dataplane.schedule.policy.CurveParameters;
import io.vireo.dataplane.schedule.policy.ServiceCurve;
import java.util.Objects;

/**
 * What a class of the scheduler is to be: three service curves, the limits of its queue, whose buffers it uses, and
 * CoDel. The one form it has from control to the scheduler, which copies what it needs. Mutable and reusable: nothing is
 * allocated after construction. Not thread-safe. A handler gets one that is valid during the call only.
 */
public final class ClassSpec {
    /** Packets a queue takes when nothing else is said. */
    public static final int DEFAULT_QUEUE_PACKETS = 1_000;

    /** Bytes of frames a queue takes when nothing else is said. */
    public static final int DEFAULT_QUEUE_BYTES = 16 << 20;

    private final CurveParameters realTime = new CurveParameters();
    private final CurveParameters linkShare = new CurveParameters();
    private final CurveParameters upperLimit = new CurveParameters();
    private int queuePackets;
    private int queueBytes;
    private int quotaId;
    private long codelTargetNs;
    private long codelIntervalNs;

    /** Begins as after {@link #clear}. */
    public ClassSpec() {
        clear();
    }

    /** No curve, a queue of 1,000 packets and 16 MiB, quota 0, no CoDel. */
    public ClassSpec clear() {
        return realTime(0, 0, 0)
                .linkShare(0, 0, 0)
                .upperLimit(0, 0, 0)
                .queue(DEFAULT_QUEUE_PACKETS, DEFAULT_QUEUE_BYTES)
                .quota(0)
                .codel(0, 0);
    }

    /** Becomes equal to another. */
    public ClassSpec copyFrom(ClassSpec other) {
        realTime.copyFrom(other.realTime);
        linkShare.copyFrom(other.linkShare);
        upperLimit.copyFrom(other.upperLimit);
        return queue(other.queuePackets, other.queueBytes)
                .quota(other.quotaId)
                .codel(other.codelTargetNs, other.codelIntervalNs);
    }

    /**
     * The guarantee; three zeros = none.
     *
     * @param firstRate m1, bit/s on the wire
     * @param spanNs d, how long m1 holds after the class became backlogged
     * @param secondRate m2, bit/s ever after
     */
    public ClassSpec realTime(long firstRate, long spanNs, long secondRate) {
        realTime.set(firstRate, spanNs, secondRate);
        return this;
    }

    /** The share of what guarantees leave over, in the same terms as {@link #realTime(long, long, long)}. */
    public ClassSpec linkShare(long firstRate, long spanNs, long secondRate) {
        linkShare.set(firstRate, spanNs, secondRate);
        return this;
    }

    /** The maximum that link share may give, in the same terms as {@link #realTime(long, long, long)}. */
    public ClassSpec upperLimit(long firstRate, long spanNs, long secondRate) {
        upperLimit.set(firstRate, spanNs, secondRate);
        return this;
    }

    /** As {@link #realTime(long, long, long)}. */
    public ClassSpec realTime(ServiceCurve curve) {
        realTime.set(curve);
        return this;
    }

    /** As {@link #linkShare(long, long, long)}. */
    public ClassSpec linkShare(ServiceCurve curve) {
        linkShare.set(curve);
        return this;
    }

    /** As {@link #upperLimit(long, long, long)}. */
    public ClassSpec upperLimit(ServiceCurve curve) {
        upperLimit.set(curve);
        return this;
    }

    /** The simple form {@code guarantee:}: the same curve for real time and link share. */
    public ClassSpec guarantee(ServiceCurve curve) {
        return realTime(curve).linkShare(curve);
    }

    /** How much may be queued; both positive. */
    public ClassSpec queue(int packets, int bytes) {
        queuePackets = packets;
        queueBytes = bytes;
        return this;
    }

    /** Whose buffers the queue uses. */
    public ClassSpec quota(int id) {
        quotaId = id;
        return this;
    }

    /** RFC 8289 with this target and interval; zeros turn it off. */
    public ClassSpec codel(long targetNs, long intervalNs) {
        codelTargetNs = targetNs;
        codelIntervalNs = intervalNs;
        return this;
    }

    /** Returns the guarantee. */
    public CurveParameters realTime() {
        return realTime;
    }

    /** Returns the share. */
    public CurveParameters linkShare() {
        return linkShare;
    }

    /** Returns the limit. */
    public CurveParameters upperLimit() {
        return upperLimit;
    }

    /** Returns how many packets may be queued. */
    public int queuePackets() {
        return queuePackets;
    }

    /** Returns how many bytes of frames may be queued. */
    public int queueBytes() {
        return queueBytes;
    }

    /** Returns whose buffers the queue uses. */
    public int quotaId() {
        return quotaId;
    }

    /** Returns CoDel's target, ns; 0 = off. */
    public long codelTargetNs() {
        return codelTargetNs;
    }

    /** Returns CoDel's interval, ns; 0 = off. */
    public long codelIntervalNs() {
        return codelIntervalNs;
    }

    @Override
    public boolean equals(Object object) {
        return object instanceof ClassSpec other
                && realTime.equals(other.realTime)
                && linkShare.equals(other.linkShare)
                && upperLimit.equals(other.upperLimit)
                && queuePackets == other.queuePackets
                && queueBytes == other.queueBytes
                && quotaId == other.quotaId
                && codelTargetNs == other.codelTargetNs
                && codelIntervalNs == other.codelIntervalNs;
    }

    @Override
    public int hashCode() {
        return Objects.hash(realTime, linkShare, upperLimit, queuePackets, queueBytes, quotaId, codelTargetNs);
    }

    @Override
    public String toString() {
        return "rt " + realTime + ", ls " + linkShare + ", ul " + upperLimit + ", queue " + queuePackets + " packets "
                + queueBytes + " B, quota " + quotaId + ", codel " + codelTargetNs + "/" + codelIntervalNs + " ns";
    }
}

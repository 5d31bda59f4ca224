package io.vireo.dataplane.wire.value;

import io.vireo.dataplane.wire.code.DelayDistribution;
import java.util.Objects;

/**
 * How the wire behind an interface is emulated, in the sending direction; {@code SetEmulation} of {@code vireo-wire.xml} says
 * what each field means. Probabilities are in parts per billion. Mutable and reusable: nothing is allocated after construction.
 * Not thread-safe. A handler gets one that is valid during the call only.
 */
public final class EmulationSpec {
    /** A probability of 1, in parts per billion. */
    public static final int ALWAYS = 1_000_000_000;

    private long delayNs;
    private long jitterNs;
    private DelayDistribution distribution = DelayDistribution.UNIFORM;
    private boolean isOrderKept;
    private long rateBitsPerSecond;
    private long queueNs;
    private int limitPackets;
    private int loss;
    private int burstEnter;
    private int burstLeave;
    private int burstLossBad;
    private int burstLossGood;
    private int reorder;
    private int duplicate;
    private long seed;

    /** Emulates nothing. */
    public EmulationSpec() {}

    /** Becomes equal to another. */
    public EmulationSpec copyFrom(EmulationSpec other) {
        return delay(other.delayNs, other.jitterNs, other.distribution, other.isOrderKept)
                .rate(other.rateBitsPerSecond, other.queueNs)
                .limitPackets(other.limitPackets)
                .loss(other.loss)
                .burst(other.burstEnter, other.burstLeave, other.burstLossBad, other.burstLossGood)
                .reorder(other.reorder)
                .duplicate(other.duplicate)
                .seed(other.seed);
    }

    /** The mean delay, how it is spread, and whether packets stay in order all the same. */
    public EmulationSpec delay(long meanNs, long jitter, DelayDistribution spread, boolean keepOrder) {
        delayNs = meanNs;
        jitterNs = jitter;
        distribution = spread;
        isOrderKept = keepOrder;
        return this;
    }

    /** Bits per second on the wire, 0 = any; and how long a packet may wait for it. */
    public EmulationSpec rate(long bitsPerSecond, long maxWaitNs) {
        rateBitsPerSecond = bitsPerSecond;
        queueNs = maxWaitNs;
        return this;
    }

    /** Packets on their way at once. */
    public EmulationSpec limitPackets(int packets) {
        limitPackets = packets;
        return this;
    }

    /** Independent loss. */
    public EmulationSpec loss(int perBillion) {
        loss = perBillion;
        return this;
    }

    /** Loss in bursts (Gilbert 1960, Elliott 1963): into the bad state, out of it; loss there, and in the good one. */
    public EmulationSpec burst(int enter, int leave, int lossBad, int lossGood) {
        burstEnter = enter;
        burstLeave = leave;
        burstLossBad = lossBad;
        burstLossGood = lossGood;
        return this;
    }

    /** Packets that are not delayed. */
    public EmulationSpec reorder(int perBillion) {
        reorder = perBillion;
        return this;
    }

    /** Packets that arrive twice. */
    public EmulationSpec duplicate(int perBillion) {
        duplicate = perBillion;
        return this;
    }

    /** Of what is left to chance; 0 = any. */
    public EmulationSpec seed(long value) {
        seed = value;
        return this;
    }

    /** Whether nothing is emulated: the wire is as it is. */
    public boolean isNone() {
        return (delayNs | jitterNs | rateBitsPerSecond) == 0 && (loss | burstEnter | burstLossGood | duplicate) == 0;
    }

    public long delayNs() {
        return delayNs;
    }

    public long jitterNs() {
        return jitterNs;
    }

    public long rateBitsPerSecond() {
        return rateBitsPerSecond;
    }

    public long queueNs() {
        return queueNs;
    }

    public long seed() {
        return seed;
    }

    public int limitPackets() {
        return limitPackets;
    }

    public int loss() {
        return loss;
    }

    public int burstEnter() {
        return burstEnter;
    }

    public int burstLeave() {
        return burstLeave;
    }

    public int burstLossBad() {
        return burstLossBad;
    }

    public int burstLossGood() {
        return burstLossGood;
    }

    public int reorder() {
        return reorder;
    }

    public int duplicate() {
        return duplicate;
    }

    public DelayDistribution distribution() {
        return distribution;
    }

    /** Whether no packet overtakes another. */
    public boolean isOrderKept() {
        return isOrderKept;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EmulationSpec that
                && distribution == that.distribution
                && isOrderKept == that.isOrderKept
                && delayNs == that.delayNs
                && jitterNs == that.jitterNs
                && rateBitsPerSecond == that.rateBitsPerSecond
                && queueNs == that.queueNs
                && seed == that.seed
                && limitPackets == that.limitPackets
                && loss == that.loss
                && burstEnter == that.burstEnter
                && burstLeave == that.burstLeave
                && burstLossBad == that.burstLossBad
                && burstLossGood == that.burstLossGood
                && reorder == that.reorder
                && duplicate == that.duplicate;
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                delayNs, jitterNs, rateBitsPerSecond, limitPackets, loss, burstEnter, reorder, duplicate, seed);
    }

    @Override
    public String toString() {
        return "EmulationSpec{delay " + delayNs + " ns, jitter " + jitterNs + " ns " + distribution
                + (isOrderKept ? " in order" : "") + ", rate " + rateBitsPerSecond + " bit/s, queue " + queueNs
                + " ns, limit " + limitPackets + ", loss " + loss + ", burst " + burstEnter + "/" + burstLeave + "/"
                + burstLossBad + "/" + burstLossGood + ", reorder " + reorder + ", duplicate " + duplicate + ", seed "
                + seed + "}";
    }
}

package io.vireo.control.model;

import io.vireo.dataplane.wire.code.DelayDistribution;
import org.jspecify.annotations.Nullable;

/**
 * How the wire behind an interface is emulated, in the sending direction. The names are {@code tc netem}'s.
 *
 * @param delay        from the end of sending to the arrival, on average.
 * @param jitter       how far delays are spread: to either side if uniform, else the standard deviation.
 * @param distribution how they are spread.
 * @param keepOrder    whether no packet overtakes another, however its delay is drawn.
 * @param rate         of the wire, or null for any.
 * @param queue        how long a packet may wait for the rate; a few always may.
 * @param limit        packets on their way at once, or null to have it worked out: {@link #packetLimit}.
 * @param loss         of packets, independently of each other.
 * @param burst        loss in bursts, or null.
 * @param reorder      of packets that are not delayed, and so overtake others.
 * @param duplicate    of packets that arrive twice.
 * @param seed         of what is left to chance, so that runs repeat; 0 = any.
 */
public record Emulation(
        TimeSpan delay,
        TimeSpan jitter,
        DelayDistribution distribution,
        boolean keepOrder,
        @Nullable Bandwidth rate,
        TimeSpan queue,
        @Nullable Integer limit,
        Probability loss,
        @Nullable LossBursts burst,
        Probability reorder,
        Probability duplicate,
        long seed) {

    /** Of a rate when nothing is said. */
    public static final TimeSpan DEFAULT_QUEUE = new TimeSpan(50_000_000);

    /** As netem's. */
    private static final int DEFAULT_LIMIT = 1_000;

    private static final long TYPICAL_PACKET_BITS = 4_000;
    private static final double NS_PER_SECOND = 1e9;

    /** A wire that only has a bandwidth. */
    static Emulation ofBandwidth(Bandwidth bandwidth) {
        return new Emulation(
                new TimeSpan(0),
                new TimeSpan(0),
                DelayDistribution.UNIFORM,
                false,
                bandwidth,
                DEFAULT_QUEUE,
                null,
                Probability.NEVER,
                null,
                Probability.NEVER,
                Probability.NEVER,
                0);
    }

    /** The same with a bandwidth. */
    Emulation withRate(Bandwidth bandwidth) {
        return new Emulation(
                delay, jitter, distribution, keepOrder, bandwidth, queue, limit, loss, burst, reorder, duplicate, seed);
    }

    /** Whether it changes what becomes of any packet. */
    public boolean hasEffect() {
        return delay.ns() != 0
                || jitter.ns() != 0
                || rate != null
                || loss.isPossible()
                || burst != null
                || duplicate.isPossible();
    }

    /** Packets on their way at once: as configured; else netem's 1,000, or more if the rate carries more packets of 500 bytes. */
    public int packetLimit() {
        if (limit != null) {
            return limit;
        }
        if (rate == null) {
            return DEFAULT_LIMIT;
        }
        double seconds = (queue.ns() + delay.ns() + jitter.ns()) / NS_PER_SECOND;
        double packets = rate.bitsPerSecond() / (double) TYPICAL_PACKET_BITS * seconds;
        return (int) Math.min(Limits.MAX_HELD_PACKETS, Math.max(DEFAULT_LIMIT, packets));
    }
}

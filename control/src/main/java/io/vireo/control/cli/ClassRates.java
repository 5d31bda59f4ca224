package io.vireo.control.cli;

import io.vireo.control.view.ClassStatus;
import io.vireo.control.view.CurveStatus;
import io.vireo.control.view.DelayStatus;
import org.jspecify.annotations.Nullable;

/**
 * What a class of a scheduling tree did between two samples of its counters. Rates are those of the wire, with the
 * port's overhead per frame, as guarantees are; all are 0 when the counters were reset in between.
 *
 * @param status                 the class at the second sample.
 * @param intervalNs             time between the samples.
 * @param deliveredBitsPerSecond what it and all below it sent.
 * @param guaranteedBitsPerSecond of that, what was sent by the real-time criterion; the rest by link sharing.
 * @param borrowedBitsPerSecond  what was sent beyond the guarantee: bandwidth left idle by others.
 * @param sentPackets            packets sent; 0 for a class with children, as all that follow.
 * @param markedPackets          of these, marked "congestion experienced".
 * @param droppedPackets         packets dropped.
 * @param delays                 how long the packets sent were queued.
 */
record ClassRates(
        ClassStatus status,
        long intervalNs,
        long deliveredBitsPerSecond,
        long guaranteedBitsPerSecond,
        long borrowedBitsPerSecond,
        long sentPackets,
        long markedPackets,
        long droppedPackets,
        DelayStatus delays) {
    /** What happened since {@code before}, which is null for a class that is new. */
    static ClassRates between(@Nullable ClassStatus before, ClassStatus now, long intervalNs) {
        if (before == null || intervalNs <= 0 || !isLater(now, before)) {
            return new ClassRates(now, intervalNs, 0, 0, 0, 0, 0, 0, DelayStatus.NONE);
        }
        long delivered = WireRate.bitsPerSecond(now.wireBytes() - before.wireBytes(), intervalNs);
        return new ClassRates(
                now,
                intervalNs,
                delivered,
                WireRate.bitsPerSecond(now.guaranteedWireBytes() - before.guaranteedWireBytes(), intervalNs),
                Math.max(0, delivered - sustainedBitsPerSecond(now.realTime())),
                now.sentPackets() - before.sentPackets(),
                now.markedPackets() - before.markedPackets(),
                now.droppedPackets() - before.droppedPackets(),
                now.delays().since(before.delays()));
    }

    /** The long-term rate of a guarantee (m2 of its curve), bit/s; 0 without one. */
    static long sustainedBitsPerSecond(@Nullable CurveStatus realTime) {
        return realTime == null ? 0 : realTime.secondRateBitsPerSecond();
    }

    /** A restarted data plane may be at the same generation, with fewer packets. */
    private static boolean isLater(ClassStatus now, ClassStatus before) {
        return now.generation() == before.generation()
                && now.wireBytes() >= before.wireBytes()
                && now.sentPackets() >= before.sentPackets()
                && now.droppedPackets() >= before.droppedPackets();
    }
}

package io.vireo.control.cli;

import io.vireo.control.model.Limits;
import io.vireo.control.view.DelayStatus;
import io.vireo.control.view.LinkStatus;
import org.jspecify.annotations.Nullable;

/**
 * What a virtual link carried between two samples of its counters. Rates are those of the wire, as promises are: each frame with preamble,
 * FCS and gap. All are 0 when the counters were reset in between.
 *
 * @param status                 the link at the second sample.
 * @param intervalNs             time between the samples.
 * @param deliveredBitsPerSecond what was sent; of a link with a class of a port, what that sent, with the headers of the link.
 * @param receivedBitsPerSecond  what was received, without the headers of the link.
 * @param droppedPackets         packets dropped at its interface.
 * @param queueDroppedPackets    packets dropped by the queues of its classes.
 * @param queueDelays            how long packets were queued in its classes.
 */
record LinkRates(
        LinkStatus status,
        long intervalNs,
        long deliveredBitsPerSecond,
        long receivedBitsPerSecond,
        long droppedPackets,
        long queueDroppedPackets,
        DelayStatus queueDelays) {
    /** What happened since {@code before}, which is null for a link that is new. */
    static LinkRates between(@Nullable LinkStatus before, LinkStatus now, long intervalNs) {
        if (before == null || intervalNs <= 0 || !isLater(now, before)) {
            return new LinkRates(now, intervalNs, 0, 0, 0, 0, DelayStatus.NONE);
        }
        long sentBytes = now.schedulingPort() == null ? sentBytes(now) - sentBytes(before) : classBytes(now, before);
        return new LinkRates(
                now,
                intervalNs,
                WireRate.bitsPerSecond(sentBytes, intervalNs),
                WireRate.bitsPerSecond(receivedBytes(now) - receivedBytes(before), intervalNs),
                now.counts().dropPackets() - before.counts().dropPackets(),
                Math.max(0, now.queueDropPackets() - before.queueDropPackets()),
                now.queueDelays().since(before.queueDelays()));
    }

    /** A class that was made anew begins at 0. */
    private static long classBytes(LinkStatus now, LinkStatus before) {
        return Math.max(0, now.classWireBytes() - before.classWireBytes());
    }

    private static long sentBytes(LinkStatus link) {
        return wireBytes(link.counts().txPackets(), link.counts().txBytes());
    }

    private static long receivedBytes(LinkStatus link) {
        return wireBytes(link.counts().rxPackets(), link.counts().rxBytes());
    }

    private static long wireBytes(long packets, long bytes) {
        return bytes + Limits.DEFAULT_OVERHEAD_BYTES * packets;
    }

    /** A restarted data plane may be at the same generation, with fewer packets. */
    private static boolean isLater(LinkStatus now, LinkStatus before) {
        return now.counts().generation() == before.counts().generation()
                && now.counts().txPackets() >= before.counts().txPackets()
                && now.counts().rxPackets() >= before.counts().rxPackets()
                && now.counts().dropPackets() >= before.counts().dropPackets();
    }
}

package io.vireo.dataplane.path.handover;

import io.vireo.dataplane.path.TxFrames;
import io.vireo.dataplane.path.exception.Discards;
import io.vireo.dataplane.wire.code.DropReason;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;

/**
 * The sending side of one worker's hand-over rings: collects a burst's packets per receiving worker and sends them on in one
 * message. Single user: its worker.
 */
public final class HandoverOut {
    private static final int HANDOVER_FULL = DropReason.HANDOVER_FULL.code();

    private final OneToOneRingBuffer[] rings;
    private final int[][] collected;
    private final int[] counts;

    /**
     * @param rings by receiving worker; the own entry is never used.
     * @param capacity maximum frames to send of a burst.
     */
    public HandoverOut(OneToOneRingBuffer[] rings, int capacity) {
        this.rings = rings.clone();
        collected = new int[rings.length][capacity];
        counts = new int[rings.length];
    }

    /** Queues frame {@code k} for another worker. */
    public void add(int worker, int k) {
        collected[worker][counts[worker]++] = k;
    }

    /** Sends what was queued; what finds no room is dropped. */
    public void flush(TxFrames txFrames, Discards discards) {
        for (int worker = 0; worker < counts.length; worker++) {
            int count = counts[worker];
            for (int first = 0; first < count; first += Handover.MAX_PACKETS) {
                send(txFrames, discards, worker, first, Math.min(count, first + Handover.MAX_PACKETS));
            }
            counts[worker] = 0;
        }
    }

    private void send(TxFrames txFrames, Discards discards, int worker, int first, int end) {
        OneToOneRingBuffer ring = rings[worker];
        int index = ring.tryClaim(Handover.MESSAGE_TYPE, (end - first) * Handover.RECORD_BYTES);
        if (index < 0) {
            drop(txFrames, discards, worker, first, end);
            return;
        }
        AtomicBuffer buffer = ring.buffer();
        for (int n = first; n < end; n++) {
            Handover.write(buffer, index + (n - first) * Handover.RECORD_BYTES, txFrames, collected[worker][n]);
        }
        ring.commit(index);
    }

    private void drop(TxFrames txFrames, Discards discards, int worker, int first, int end) {
        for (int n = first; n < end; n++) {
            int k = collected[worker][n];
            discards.drop(txFrames.mbuf[k], txFrames.egress[k], txFrames.router[k], HANDOVER_FULL);
        }
    }
}

package io.vireo.dataplane.path.handover;

import io.vireo.dataplane.path.TxFrames;
import java.util.List;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;

/** The receiving side of one worker's hand-over rings. Single user: its worker. */
public final class HandoverIn implements MessageHandler {
    /** Maximum messages from each ring per round. */
    public static final int MESSAGE_LIMIT = 4;

    private final OneToOneRingBuffer[] rings;
    private final TxFrames txFrames;

    /**
     * @param rings from each other worker.
     * @param txFrames must have room for {@link #MESSAGE_LIMIT} full messages of each ring, beside the burst's own.
     */
    public HandoverIn(List<OneToOneRingBuffer> rings, TxFrames txFrames) {
        this.rings = rings.toArray(OneToOneRingBuffer[]::new);
        this.txFrames = txFrames;
    }

    /** Adds what other workers handed over to the frames to send; returns how many messages. */
    public int poll() {
        int messages = 0;
        for (int r = 0; r < rings.length; r++) {
            messages += rings[r].read(this, MESSAGE_LIMIT);
        }
        return messages;
    }

    /** One message: packets, one after the other. Called by {@link #poll} only. */
    @Override
    public void onMessage(int type, MutableDirectBuffer buffer, int index, int length) {
        for (int offset = index; offset < index + length; offset += Handover.RECORD_BYTES) {
            Handover.read(buffer, offset, txFrames);
        }
    }
}

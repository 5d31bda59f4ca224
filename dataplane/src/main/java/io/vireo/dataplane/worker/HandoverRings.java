package io.vireo.dataplane.worker;

import io.vireo.dataplane.path.TxFrames;
import io.vireo.dataplane.path.handover.Handover;
import io.vireo.dataplane.path.handover.HandoverIn;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/** A ring from each worker to each other one: whoever receives a packet hands it to the worker that sends for its port. */
public final class HandoverRings {
    private static final int RING_BYTES = 128 << 10;

    private final OneToOneRingBuffer[][] rings;

    public HandoverRings(int workers) {
        rings = new OneToOneRingBuffer[workers][workers];
        for (OneToOneRingBuffer[] fromOne : rings) {
            for (int to = 0; to < workers; to++) {
                ByteBuffer memory = ByteBuffer.allocateDirect(RING_BYTES + RingBufferDescriptor.TRAILER_LENGTH);
                fromOne[to] = new OneToOneRingBuffer(new UnsafeBuffer(memory));
            }
        }
    }

    /** The rings a worker writes, by receiving worker. */
    public OneToOneRingBuffer[] from(int worker) {
        return rings[worker];
    }

    /** The rings a worker reads. */
    public List<OneToOneRingBuffer> to(int worker) {
        List<OneToOneRingBuffer> incoming = new ArrayList<>();
        for (int from = 0; from < rings.length; from++) {
            if (from != worker) {
                incoming.add(rings[from][worker]);
            }
        }
        return incoming;
    }

    /** Maximum packets that a worker takes from its rings in one round. */
    int packetsPerRound(int worker) {
        return to(worker).size() * HandoverIn.MESSAGE_LIMIT * Handover.MAX_PACKETS;
    }

    /** Frees what is still under way between workers. Once all of them have stopped. */
    public void discardAll() {
        for (int worker = 0; worker < rings.length; worker++) {
            TxFrames left = new TxFrames(packetsPerRound(worker));
            HandoverIn incoming = new HandoverIn(to(worker), left);
            while (incoming.poll() > 0) {
                left.freeAll();
            }
        }
    }
}

package io.vireo.dataplane.path.handover;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import io.vireo.dataplane.capture.CaptureFilters;
import io.vireo.dataplane.capture.CaptureTap;
import io.vireo.dataplane.interfaces.InterfaceTable;
import io.vireo.dataplane.path.EpochClock;
import io.vireo.dataplane.path.TxFrames;
import io.vireo.dataplane.path.exception.Discards;
import io.vireo.dataplane.wire.StressMemory;
import io.vireo.dataplane.wire.frame.CaptureWriter;
import io.vireo.dataplane.wire.memory.SharedMemory;
import java.nio.ByteBuffer;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** The hand-over ring between two workers: one ring for all states, in which each turn of the first hands two packets over. */
@JCStressTest
@Description("A worker hands two packets over while the worker that sends for their port takes what came.")
@Outcome(id = "0", expect = ACCEPTABLE, desc = "Read before the commit: nothing is there yet.")
@Outcome(id = "1", expect = ACCEPTABLE, desc = "Packets came, each whole, in order, none missing, none alone.")
@State
public class HandoverStress {
    private static final int RING_BYTES = 128 << 10;
    private static final int PACKETS = 2;
    private static final int RECEIVER = 0;

    /** Fewer than fill the ring: what finds no room would be freed, and these are no packets. */
    private static final int MAX_UNDER_WAY = 1_000;

    private static final OneToOneRingBuffer RING = new OneToOneRingBuffer(
            new UnsafeBuffer(ByteBuffer.allocateDirect(RING_BYTES + RingBufferDescriptor.TRAILER_LENGTH)));

    private static final HandoverOut OUT = new HandoverOut(new OneToOneRingBuffer[] {RING}, PACKETS);
    private static final TxFrames SENT = new TxFrames(PACKETS);
    private static final Discards DISCARDS = discards();

    private static final TxFrames RECEIVED = new TxFrames(HandoverIn.MESSAGE_LIMIT * PACKETS);
    private static final HandoverIn IN = new HandoverIn(List.of(RING), RECEIVED);

    private static int sent;
    private static int received;

    private static Discards discards() {
        SharedMemory memory = StressMemory.create();
        CaptureTap tap = new CaptureTap(
                new InterfaceTable(1), new CaptureFilters(1), new CaptureWriter(memory, 0), new EpochClock(0, 0));
        return new Discards(memory.statisticsWriter(0), tap, PACKETS);
    }

    @Actor
    public void receiving() {
        if (sent - received > MAX_UNDER_WAY) {
            return;
        }
        SENT.count = 0;
        for (int k = 0; k < PACKETS; k++, sent++) {
            SENT.add(-sent, sent, sent, sent, sent);
            OUT.add(RECEIVER, k);
        }
        OUT.flush(SENT, DISCARDS);
    }

    @Actor
    public void sending(I_Result r) {
        RECEIVED.count = 0;
        IN.poll();
        boolean isRight = RECEIVED.count % PACKETS == 0;
        for (int k = 0; k < RECEIVED.count; k++, received++) {
            isRight &= RECEIVED.mbuf[k] == -received
                    && RECEIVED.router[k] == received
                    && RECEIVED.egress[k] == received
                    && RECEIVED.target[k] == received
                    && RECEIVED.bytes[k] == received;
        }
        r.r1 = isRight ? Integer.signum(RECEIVED.count) : -1;
    }
}

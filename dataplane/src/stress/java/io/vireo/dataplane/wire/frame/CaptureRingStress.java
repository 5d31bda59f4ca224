package io.vireo.dataplane.wire.frame;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import io.vireo.dataplane.wire.StressMemory;
import io.vireo.dataplane.wire.code.Direction;
import io.vireo.dataplane.wire.memory.SharedMemory;
import org.agrona.DirectBuffer;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** The capture ring of a worker. */
@JCStressTest
@Description("A worker copies a frame for a capture while control reads its capture ring.")
@Outcome(id = "0", expect = ACCEPTABLE, desc = "Read before the commit: nothing is there yet.")
@Outcome(
        id = "1",
        expect = ACCEPTABLE,
        desc = "Frames came, each whole, in the order in which they were copied, none missing.")
@State
public class CaptureRingStress {
    private static final SharedMemory MEMORY = StressMemory.create();
    private static final CaptureWriter WRITER = new CaptureWriter(MEMORY, 0);
    private static final StressFrame FRAME = new StressFrame();
    private static final Checker CHECKER = new Checker();
    private static final CaptureReader READER = new CaptureReader(MEMORY, 0, CHECKER);

    @Actor
    public void worker() {
        int number = FRAME.begin();
        if (WRITER.capture(
                1, number, Direction.SENT, -1, number, StressFrame.BYTES, FRAME.address(), StressFrame.BYTES)) {
            FRAME.end();
        }
    }

    @Actor
    public void control(I_Result r) {
        r.r1 = CHECKER.sequence.verdict(READER.poll(StressFrame.POLL_LIMIT));
    }

    private static final class Checker implements CaptureHandler {
        private final StressFrame.Sequence sequence = new StressFrame.Sequence();

        @Override
        public void onCaptured(
                int captureId,
                int interfaceId,
                Direction direction,
                int dropReason,
                long timestampNs,
                int originalLength,
                DirectBuffer frame,
                int offset,
                int length) {
            int number = sequence.next();
            sequence.check(interfaceId == number && timestampNs == number && direction == Direction.SENT);
            sequence.check(length == StressFrame.BYTES && sequence.isFrame(frame.addressOffset() + offset, number));
        }
    }
}

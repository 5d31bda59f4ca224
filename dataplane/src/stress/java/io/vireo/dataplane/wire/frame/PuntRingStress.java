package io.vireo.dataplane.wire.frame;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import io.vireo.dataplane.wire.StressMemory;
import io.vireo.dataplane.wire.code.PuntClass;
import io.vireo.dataplane.wire.code.TraceStage;
import io.vireo.dataplane.wire.code.Verdict;
import io.vireo.dataplane.wire.memory.SharedMemory;
import org.agrona.DirectBuffer;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** The punt ring of a worker: one ring for all states, in which each worker's turn puts one frame. */
@JCStressTest
@Description("A worker punts while control reads its punt ring.")
@Outcome(id = "0", expect = ACCEPTABLE, desc = "Read before the commit: nothing is there yet.")
@Outcome(
        id = "1",
        expect = ACCEPTABLE,
        desc = "Frames came, each whole, in the order in which they were punted, none missing.")
@State
public class PuntRingStress {
    private static final SharedMemory MEMORY = StressMemory.create();
    private static final PuntWriter WRITER = new PuntWriter(MEMORY, 0);
    private static final StressFrame FRAME = new StressFrame();
    private static final Checker CHECKER = new Checker();
    private static final PuntReader READER = new PuntReader(MEMORY, 0, CHECKER);

    @Actor
    public void worker() {
        int number = FRAME.begin();
        if (WRITER.punt(
                number, number, number & 0xff, PuntClass.LOCAL.code(), number, FRAME.address(), StressFrame.BYTES)) {
            FRAME.end();
        }
    }

    @Actor
    public void control(I_Result r) {
        r.r1 = CHECKER.sequence.verdict(READER.poll(StressFrame.POLL_LIMIT));
    }

    private static final class Checker implements PuntHandler {
        private final StressFrame.Sequence sequence = new StressFrame.Sequence();

        @Override
        public void onPunted(
                int interfaceId,
                int routerId,
                int puntReason,
                long timestampNs,
                DirectBuffer frame,
                int offset,
                int length) {
            int number = sequence.next();
            sequence.check(interfaceId == number && routerId == number && timestampNs == number);
            sequence.check(length == StressFrame.BYTES && sequence.isFrame(frame.addressOffset() + offset, number));
        }

        @Override
        public void onTraceStep(
                long correlationId,
                TraceStage stage,
                Verdict verdict,
                int reason,
                int interfaceId,
                int routerId,
                int egressInterfaceId,
                long nextHopHigh,
                long nextHopLow,
                int prefixLength,
                DirectBuffer frame,
                int offset,
                int length) {
            sequence.check(false);
        }

        @Override
        public void onTraceEnd(long correlationId, int steps, Verdict verdict, int reason, int egressInterfaceId) {
            sequence.check(false);
        }
    }
}

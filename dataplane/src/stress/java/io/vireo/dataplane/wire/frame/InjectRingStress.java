package io.vireo.dataplane.wire.frame;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import io.vireo.dataplane.wire.StressMemory;
import io.vireo.dataplane.wire.memory.SharedMemory;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** The inject ring of a worker; what many producers do to each other in such a ring is in {@code ClaimStress}. */
@JCStressTest
@Description("Control injects a frame while the worker reads its inject ring.")
@Outcome(id = "0", expect = ACCEPTABLE, desc = "Read before the commit: nothing is there yet.")
@Outcome(
        id = "1",
        expect = ACCEPTABLE,
        desc = "Frames came, each whole, in the order in which they were injected, none missing.")
@State
public class InjectRingStress {
    private static final SharedMemory MEMORY = StressMemory.create();
    private static final InjectWriter WRITER = new InjectWriter(MEMORY, 0);
    private static final StressFrame FRAME = new StressFrame();
    private static final int INTERFACES = 512;
    private static final Checker CHECKER = new Checker();
    private static final InjectReader READER = new InjectReader(MEMORY, 0, CHECKER);

    @Actor
    public void control() {
        int number = FRAME.begin();
        if (WRITER.inject(number % INTERFACES, FRAME.address(), StressFrame.BYTES)) {
            FRAME.end();
        }
    }

    @Actor
    public void worker(I_Result r) {
        r.r1 = CHECKER.sequence.verdict(READER.poll(0, StressFrame.POLL_LIMIT));
    }

    private static final class Checker implements InjectHandler {
        private final StressFrame.Sequence sequence = new StressFrame.Sequence();

        @Override
        public void onInject(int interfaceId, long frameAddress, int frameLength) {
            int number = sequence.next();
            sequence.check(interfaceId == number % INTERFACES);
            sequence.check(frameLength == StressFrame.BYTES && sequence.isFrame(frameAddress, number));
        }

        @Override
        public void onTrace(long correlationId, int interfaceId, long frameAddress, int frameLength) {
            sequence.check(false);
        }
    }
}

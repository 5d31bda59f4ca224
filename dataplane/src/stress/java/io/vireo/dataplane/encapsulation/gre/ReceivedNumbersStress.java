package io.vireo.dataplane.encapsulation.gre;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import io.vireo.dataplane.Slots;
import io.vireo.dataplane.tables.Region;
import io.vireo.dpdk.Memory;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZI_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** The sequence numbers of a tunnel whose packets come to several workers. */
public final class ReceivedNumbersStress {
    private ReceivedNumbersStress() {}

    @JCStressTest
    @Description("Two workers take packets 5 and 6 out of one tunnel, after 4.")
    @Outcome(id = "true, true, 6", expect = ACCEPTABLE, desc = "5 is decided first: both are newer than the last.")
    @Outcome(id = "false, true, 6", expect = ACCEPTABLE, desc = "6 is decided first: then 5 is old.")
    @State
    public static class Neighbours {
        private static final Slots SLOTS = new Slots();
        private static final long WORDS = new Region((long) Slots.COUNT * Long.BYTES).address();

        private final long word = WORDS + (long) SLOTS.next() * Long.BYTES;

        public Neighbours() {
            Memory.putLong(word, 0);
            ReceivedNumbers.accept(word, 4, true);
        }

        @Actor
        public void worker(ZZI_Result r) {
            r.r1 = ReceivedNumbers.accept(word, 5, true);
        }

        @Actor
        public void otherWorker(ZZI_Result r) {
            r.r2 = ReceivedNumbers.accept(word, 6, true);
        }

        @Arbiter
        public void last(ZZI_Result r) {
            r.r3 = (int) Memory.getLong(word);
        }
    }

    @JCStressTest
    @Description("Two workers take the same packet, which was duplicated on the way, out of one tunnel.")
    @Outcome(
            id = {"true, false", "false, true"},
            expect = ACCEPTABLE,
            desc = "One of the two is taken.")
    @State
    public static class Duplicates {
        private static final Slots SLOTS = new Slots();
        private static final long WORDS = new Region((long) Slots.COUNT * Long.BYTES).address();

        private final long word = WORDS + (long) SLOTS.next() * Long.BYTES;

        public Duplicates() {
            Memory.putLong(word, 0);
        }

        @Actor
        public void worker(ZZ_Result r) {
            r.r1 = ReceivedNumbers.accept(word, 5, true);
        }

        @Actor
        public void otherWorker(ZZ_Result r) {
            r.r2 = ReceivedNumbers.accept(word, 5, true);
        }
    }
}

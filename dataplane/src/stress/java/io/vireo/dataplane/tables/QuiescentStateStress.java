package io.vireo.dataplane.tables;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Reclamation: what a worker may still read is not used again. One cell is linked, another waits; each turn of the conductor
 * links the other one, and poisons the old one as soon as its tag has passed.
 */
public final class QuiescentStateStress {
    private static final int WORKER = 0;
    private static final long WHOLE = 1;
    private static final long POISON = -1;

    private QuiescentStateStress() {}

    /** A word that points to one of two cells, and what the conductor knows of them. */
    private static final class Shared {
        private final QuiescentState quiescent = new QuiescentState(1);
        private final long pointer = new Region(4096).address();
        private long linked = pointer + 128;
        private long free = pointer + 256;
        private long retired;
        private long tag;

        Shared() {
            OffHeap.putLong(linked, WHOLE);
            OffHeap.putLongRelease(pointer, linked);
        }

        /** Returns whether a cell was reclaimed. */
        boolean replace() {
            if (retired == 0) {
                OffHeap.putLong(free, WHOLE);
                OffHeap.putLongRelease(
                        pointer, free); // partner: the worker's load of the cell depends on that of the pointer
                retired = linked;
                linked = free;
                tag = quiescent.retireEpoch();
            }
            quiescent.advance();
            boolean hasPassed = quiescent.hasPassed(tag);
            if (hasPassed) {
                OffHeap.putLong(retired, POISON);
                free = retired;
                retired = 0;
            }
            return hasPassed;
        }

        boolean readsWhole() {
            long cell = OffHeap.getLong(pointer);
            long first = OffHeap.getLong(cell);
            return (first & OffHeap.getLong(cell)) == WHOLE;
        }
    }

    @JCStressTest
    @Description("A worker reads what the conductor replaces, and announces a quiescent state each round.")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "The worker has not come round: the old cell stays as it is.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "The worker has come round: the old cell is used again, unseen.")
    @State
    public static class Announces {
        private static final Shared SHARED = new Shared();

        static {
            SHARED.quiescent.online(WORKER);
        }

        @Actor
        public void conductor(II_Result r) {
            r.r1 = SHARED.replace() ? 1 : 0;
        }

        @Actor
        public void worker(II_Result r) {
            r.r2 = SHARED.readsWhole() ? 1 : 0;
            SHARED.quiescent.announce(WORKER);
        }
    }

    @JCStressTest
    @Description("A worker comes online, reads what the conductor replaces, and goes offline.")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "The worker was online: the old cell stays as it is.")
    @Outcome(
            id = "1, 1",
            expect = ACCEPTABLE,
            desc = "The worker was offline or came round: the old cell is used again, unseen.")
    @State
    public static class ComesAndGoes {
        private static final Shared SHARED = new Shared();

        @Actor
        public void conductor(II_Result r) {
            r.r1 = SHARED.replace() ? 1 : 0;
        }

        @Actor
        public void worker(II_Result r) {
            SHARED.quiescent.online(WORKER);
            r.r2 = SHARED.readsWhole() ? 1 : 0;
            SHARED.quiescent.offline(WORKER);
        }
    }
}

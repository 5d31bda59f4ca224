package io.vireo.dataplane.encapsulation;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import io.vireo.dataplane.Slots;
import io.vireo.dataplane.tables.QuiescentState;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** The ends of tunnels: chained and unchained while workers go along the chains. */
public final class TunnelEndsStress {
    private static final int INTERFACE = 7;
    private static final int ENCAPSULATION = 1;
    private static final long SOURCE = 0xc000_0201L;
    private static final long DESTINATION = 0xc000_0202L;

    private TunnelEndsStress() {}

    private static void add(TunnelEnds ends, int index, int router, int interfaceId) {
        ends.add(index, router, ENCAPSULATION, 0, SOURCE, 0, DESTINATION, 0, 0, interfaceId);
    }

    private static int find(TunnelEnds ends, int router) {
        return ends.find(router, ENCAPSULATION, 0, SOURCE, 0, DESTINATION, 0);
    }

    @JCStressTest
    @Description("The conductor adds a tunnel's end while a worker looks it up.")
    @Outcome(id = "-1", expect = ACCEPTABLE, desc = "Not yet there: the packet is punted.")
    @Outcome(id = "7", expect = ACCEPTABLE, desc = "There: all of its record is seen.")
    @State
    public static class Added {
        private static final Slots SLOTS = new Slots();
        private static final TunnelEnds ENDS = new TunnelEnds(Slots.COUNT + 1);

        private final int router = SLOTS.next();

        @Actor
        public void conductor() {
            add(ENDS, router + 1, router, INTERFACE);
        }

        @Actor
        public void worker(I_Result r) {
            r.r1 = find(ENDS, router);
        }

        /** The table has a single writer, and arbiters run in several threads. */
        @Arbiter
        public void reset(I_Result r) {
            synchronized (ENDS) {
                ENDS.remove(router + 1);
            }
        }
    }

    @JCStressTest
    @Description("The conductor moves other ends from chain to chain, with a grace period; a worker looks up one that"
            + " stays.")
    @Outcome(
            id = "7",
            expect = ACCEPTABLE,
            desc = "Found, whatever stands before it in its chain and leaves while the worker is on it.")
    @State
    public static class OthersMove {
        private static final int WORKER = 0;
        private static final int ENDS_COUNT = 16;
        private static final int STAYING = 1;
        private static final int FIRST_MOVING = 2;
        private static final TunnelEnds ENDS = new TunnelEnds(ENDS_COUNT);
        private static final QuiescentState QUIESCENT = new QuiescentState(1);

        private static int nextRouter;
        private static int moving = FIRST_MOVING;
        private static boolean isOut;
        private static long tag;

        static {
            add(ENDS, STAYING, nextRouter++, INTERFACE);
            for (int index = FIRST_MOVING; index < ENDS_COUNT; index++) {
                add(ENDS, index, nextRouter++, INTERFACE + 1);
            }
            QUIESCENT.online(WORKER);
        }

        @Actor
        public void conductor() {
            if (!isOut) {
                ENDS.remove(moving);
                tag = QUIESCENT.retireEpoch();
                isOut = true;
            }
            QUIESCENT.advance();
            if (QUIESCENT.hasPassed(tag)) {
                add(ENDS, moving, nextRouter++, INTERFACE + 1);
                moving = moving + 1 < ENDS_COUNT ? moving + 1 : FIRST_MOVING;
                isOut = false;
            }
        }

        @Actor
        public void worker(I_Result r) {
            r.r1 = find(ENDS, 0);
            QUIESCENT.announce(WORKER);
        }
    }
}

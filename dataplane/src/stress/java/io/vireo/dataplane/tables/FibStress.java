package io.vireo.dataplane.tables;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * Lookups beside changes of the table, with its memory reclaimed by {@link QuiescentState} and used again at once. All states
 * share one table: each turn of the conductor makes one change.
 */
public final class FibStress {
    private static final int DEFAULT = 1;
    private static final int SPECIFIC = 2;
    private static final int ADDRESS = 0x0a010203;
    private static final int SPECIFIC_PREFIX = 0x0a010200;
    private static final int SPECIFIC_LENGTH = 24;
    private static final int OTHER_PREFIX = 0x0a020000;
    private static final int OTHER_LENGTH = 16;
    private static final int RECLAIM_LIMIT = 64;
    private static final int WORKER = 0;

    private FibStress() {}

    /** A table with a default route, and a worker that is online. */
    private static final class Shared {
        private final QuiescentState quiescent = new QuiescentState(1);
        private final Ipv4Fib fib;
        private final int table;
        private int turns;

        Shared() {
            fib = new Ipv4Fib(new TableLimits().maxTables(16).maxRoutes(1 << 16).maxLookupBytes(1L << 24), quiescent);
            table = fib.newTable();
            fib.put(table, 0, 0, DEFAULT, 0);
            quiescent.online(WORKER);
        }

        int nextTurn() {
            return turns++;
        }

        void reclaim() {
            quiescent.advance();
            fib.reclaim(RECLAIM_LIMIT);
        }
    }

    @JCStressTest
    @Description(
            "The conductor adds and removes a more specific route, and reuses the nodes; a worker looks an address in it up.")
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "By the covering route.")
    @Outcome(id = "2", expect = ACCEPTABLE, desc = "By the specific route.")
    @State
    public static class MoreSpecific {
        private static final Shared SHARED = new Shared();

        @Actor
        public void conductor() {
            int turn = SHARED.nextTurn();
            if ((turn & 1) == 0) {
                SHARED.fib.put(SHARED.table, SPECIFIC_PREFIX, SPECIFIC_LENGTH, SPECIFIC, 0);
            } else {
                SHARED.fib.remove(SHARED.table, SPECIFIC_PREFIX, SPECIFIC_LENGTH);
            }
            SHARED.reclaim();
        }

        @Actor
        public void worker(I_Result r) {
            r.r1 = SHARED.fib.lookup(SHARED.table, ADDRESS);
            SHARED.quiescent.announce(WORKER);
        }
    }

    @JCStressTest
    @Description(
            "The conductor grows a table until its root becomes an array, and shrinks it again; a worker looks addresses up.")
    @Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "Each by the route that never changed, whatever the root is.")
    @State
    public static class RootSwap {
        private static final Shared SHARED = new Shared();
        private static final int ROUTES = 64;

        static {
            SHARED.fib.put(SHARED.table, SPECIFIC_PREFIX, SPECIFIC_LENGTH, SPECIFIC, 0);
        }

        @Actor
        public void conductor() {
            int turn = SHARED.nextTurn();
            int prefix = OTHER_PREFIX + (turn % ROUTES << OTHER_LENGTH);
            if (turn / ROUTES % 2 == 0) {
                SHARED.fib.put(SHARED.table, prefix, OTHER_LENGTH, SPECIFIC + 1, 0);
            } else {
                SHARED.fib.remove(SHARED.table, prefix, OTHER_LENGTH);
            }
            SHARED.reclaim();
        }

        @Actor
        public void worker(II_Result r) {
            r.r1 = SHARED.fib.lookup(SHARED.table, ADDRESS);
            r.r2 = SHARED.fib.lookup(SHARED.table, ~0);
            SHARED.quiescent.announce(WORKER);
        }
    }
}

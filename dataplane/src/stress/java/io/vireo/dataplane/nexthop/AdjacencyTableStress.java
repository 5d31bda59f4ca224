package io.vireo.dataplane.nexthop;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import io.vireo.dataplane.Slots;
import io.vireo.dataplane.path.Disposition;
import io.vireo.dataplane.wire.code.PuntReason;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * An adjacency that changes under the workers, which read it plainly: the limit first, then, behind a branch on it, header,
 * target and egress. See {@code InterfaceTableStress} on why plain loads are enough on x86.
 */
public final class AdjacencyTableStress {
    private static final Slots SLOTS = new Slots();
    private static final AdjacencyTable ADJACENCIES = new AdjacencyTable(Slots.COUNT);

    private static final int UNRESOLVED = Disposition.punt(PuntReason.NEIGHBOUR_UNKNOWN);
    private static final int EGRESS = 3;
    private static final int TARGET = 4;
    private static final int HEADER_BYTES = 14;
    private static final int MTU = 1500;
    private static final long SOURCE = 0x02_00_00_00_00_11L;
    private static final long NEIGHBOUR = 0x06_11_22_33_44_55L;
    private static final long OTHER_NEIGHBOUR = 0x0a_66_77_88_99_aaL;

    private static final int UNKNOWN = 0;
    private static final int WHOLE = 1;
    private static final int OTHER = 2;
    private static final int TORN = -1;

    private AdjacencyTableStress() {}

    private static long head(long destination) {
        return Long.reverseBytes(destination << 16 | SOURCE >>> 32);
    }

    /** An adjacency of its own for each state. */
    abstract static class OneAdjacency {
        final int index = SLOTS.next();
        final long record = ADJACENCIES.record(index);

        OneAdjacency(boolean isResolved) {
            ADJACENCIES.setDisposition(index, UNRESOLVED);
            ADJACENCIES.define(index, EGRESS, TARGET, HEADER_BYTES);
            ADJACENCIES.setMtu(index, MTU);
            ADJACENCIES.setHeader(index, 0, 0, 0);
            if (isResolved) {
                resolve(NEIGHBOUR);
            }
        }

        final void resolve(long neighbour) {
            ADJACENCIES.setHeader(index, neighbour, SOURCE, 0);
            ADJACENCIES.setDisposition(index, Disposition.FORWARD);
        }

        /** What modify writes before a packet that may leave. */
        final int readHeader() {
            long tail = AdjacencyTable.tail(record);
            long head = AdjacencyTable.head(record);
            if (tail != Long.reverseBytes(SOURCE) || AdjacencyTable.headerBytes(record) != HEADER_BYTES) {
                return TORN;
            }
            if (head == AdjacencyTableStress.head(NEIGHBOUR)) {
                return WHOLE;
            }
            return head == AdjacencyTableStress.head(OTHER_NEIGHBOUR) ? OTHER : TORN;
        }
    }

    @JCStressTest
    @Description("A neighbour is resolved while a worker has a packet for it.")
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "Limit still 0: the packet takes the slow path and is punted.")
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "Limit set: the packet leaves with the whole header.")
    @State
    public static class Resolved extends OneAdjacency {
        public Resolved() {
            super(false);
        }

        @Actor
        public void conductor() {
            resolve(NEIGHBOUR);
        }

        @Actor
        public void worker(I_Result r) {
            r.r1 = AdjacencyTable.limit(record) >= MTU ? readHeader() : UNKNOWN;
        }
    }

    @JCStressTest
    @Description("A neighbour of a live adjacency moves to another MAC while a worker sends to it.")
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "To the old MAC.")
    @Outcome(
            id = "2",
            expect = ACCEPTABLE,
            desc = "To the new MAC; never to a mixture, since the destination is one word.")
    @State
    public static class NeighbourMoves extends OneAdjacency {
        public NeighbourMoves() {
            super(true);
        }

        @Actor
        public void conductor() {
            ADJACENCIES.setHeader(index, OTHER_NEIGHBOUR, SOURCE, 0);
        }

        @Actor
        public void worker(I_Result r) {
            r.r1 = AdjacencyTable.limit(record) >= MTU ? readHeader() : UNKNOWN;
        }
    }

    @JCStressTest
    @Description(
            "A neighbour is lost while a worker has a packet for it that fits; the worker looks at limit, then disposition.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "Not yet lost: it leaves.")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "Lost: limit 0, and the disposition, stored before it, says why.")
    @State
    public static class Lost extends OneAdjacency {
        public Lost() {
            super(true);
        }

        @Actor
        public void conductor() {
            ADJACENCIES.setDisposition(index, UNRESOLVED);
        }

        @Actor
        public void worker(II_Result r) {
            if (AdjacencyTable.limit(record) >= MTU) {
                r.r1 = 1;
            } else {
                r.r2 = AdjacencyTable.disposition(record) == UNRESOLVED ? 1 : TORN;
            }
        }
    }

    @JCStressTest
    @Description("A neighbour is resolved between a worker's look at the limit and its look at the disposition.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "Resolved: it leaves.")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "Not yet resolved: the disposition says that it is to be punted.")
    @Outcome(
            id = "0, 2",
            expect = ACCEPTABLE_INTERESTING,
            desc = "Limit still 0, disposition already to forward: the slow path sends it, with the whole header.")
    @State
    public static class ResolvedInBetween extends OneAdjacency {
        public ResolvedInBetween() {
            super(false);
        }

        @Actor
        public void conductor() {
            resolve(NEIGHBOUR);
        }

        @Actor
        public void worker(II_Result r) {
            if (AdjacencyTable.limit(record) >= MTU) {
                r.r1 = readHeader();
            } else if (AdjacencyTable.disposition(record) == UNRESOLVED) {
                r.r2 = 1;
            } else {
                r.r2 = readHeader() == WHOLE ? 2 : TORN;
            }
        }
    }
}

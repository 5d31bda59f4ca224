package io.vireo.dataplane.wire.counters;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import io.vireo.dataplane.wire.layout.SharedLayout;
import io.vireo.dataplane.wire.layout.SharedLimits;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Rows of statistics that are begun anew while control takes a snapshot: the generation must keep a reader from adding what was
 * counted for one owner of an id to what was counted for the next. All states share one row, which each turn of the writer
 * begins anew and in which it then counts the number of its generation; so every count says whose it is.
 */
public final class StatisticsStress {
    private static final SharedLayout LAYOUT = new SharedLayout(
            SharedLimits.of(1).withMaxRouters(1).withMaxInterfaces(2).withMaxClasses(2));
    private static final UnsafeBuffer CONDUCTOR = buffer(LAYOUT.conductorStatisticsLength());
    private static final UnsafeBuffer CLASSES = buffer(LAYOUT.classStatisticsLength());
    private static final UnsafeBuffer KEEPALIVES = buffer(LAYOUT.keepalivesLength());
    private static final UnsafeBuffer[] WORKERS = {buffer(LAYOUT.workerStatisticsLength())};
    private static final StatisticsReader READER =
            new StatisticsReader(LAYOUT, CONDUCTOR, CLASSES, KEEPALIVES, WORKERS);
    private static final int ID = 1;

    private static final int ZERO = 0;
    private static final int OF_ITS_GENERATION = 1;
    private static final int OF_ANOTHER = 2;
    private static final int GIVEN_UP = 3;

    private StatisticsStress() {}

    private static UnsafeBuffer buffer(int bytes) {
        return new UnsafeBuffer(ByteBuffer.allocateDirect(bytes));
    }

    private static int verdict(long count, long ofGeneration) {
        if ((ofGeneration & 1) != 0) {
            return GIVEN_UP;
        }
        if (count == 0) {
            return ZERO;
        }
        return count == ofGeneration ? OF_ITS_GENERATION : OF_ANOTHER;
    }

    @JCStressTest
    @Description("A worker begins a class's counters anew and counts on; control takes a snapshot of the class.")
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "The row as it was begun.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "The row with what was counted since.")
    @Outcome(
            id = {"1, 0", "0, 1"},
            expect = ACCEPTABLE,
            desc = "Counted meanwhile: the counts of a row are of one generation, not of one instant.")
    @Outcome(
            id = "3, 3",
            expect = ACCEPTABLE_INTERESTING,
            desc = "The writer lost its processor in the middle for longer than a reader waits.")
    @State
    public static class ClassRow {
        private static final ClassStatisticsWriter WRITER = new ClassStatisticsWriter(CLASSES);

        /** Generations of a row are even numbers, one after the other. */
        private static long generation;

        @Actor
        public void worker() {
            generation += 2;
            WRITER.begin(ID);
            WRITER.sent(ID, generation, generation, 0);
        }

        @Actor
        public void control(II_Result r) {
            ClassCounts counts = READER.classCounts(ID);
            r.r1 = verdict(counts.sentPackets(), counts.generation());
            r.r2 = verdict(counts.sentBytes(), counts.generation());
        }
    }

    @JCStressTest
    @Description(
            "The conductor zeroes an interface's counters and a worker counts on; control takes a snapshot of the interface.")
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "The row as it was zeroed.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "The row with what was counted since.")
    @Outcome(
            id = {"1, 0", "0, 1"},
            expect = ACCEPTABLE,
            desc = "Counted meanwhile: the counts of a row are of one generation, not of one instant.")
    @Outcome(
            id = "3, 3",
            expect = ACCEPTABLE_INTERESTING,
            desc = "The writer lost its processor in the middle for longer than a reader waits.")
    @State
    public static class InterfaceRow {
        private static final StatisticsOwner OWNER = new StatisticsOwner(LAYOUT, CONDUCTOR, WORKERS);
        private static final StatisticsWriter WRITER = new StatisticsWriter(LAYOUT, WORKERS[0]);

        /** Generations of a row are even numbers, one after the other. */
        private static long generation;

        /** Both in one thread: tables and their grace period keep the conductor's zeros before the worker's first count. */
        @Actor
        public void conductorAndWorker() {
            generation += 2;
            OWNER.zeroInterface(ID);
            WRITER.interfaceReceived(ID, generation, generation);
        }

        @Actor
        public void control(II_Result r) {
            TrafficCounts counts = READER.interfaceCounts(ID);
            r.r1 = verdict(counts.rxPackets(), counts.generation());
            r.r2 = verdict(counts.rxBytes(), counts.generation());
        }
    }
}

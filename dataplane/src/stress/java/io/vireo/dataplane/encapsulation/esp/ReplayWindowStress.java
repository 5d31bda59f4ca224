package io.vireo.dataplane.encapsulation.esp;

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

/** The replay window of a security association whose packets come to several workers. */
public final class ReplayWindowStress {
    private static final int WINDOW = 64;
    private static final int BYTES = (WINDOW + 1) * Long.BYTES;

    private ReplayWindowStress() {}

    private static boolean accept(long window, int number) {
        return ReplayWindow.accept(window, window + Long.BYTES, WINDOW, number);
    }

    @JCStressTest
    @Description("Two workers have the same packet, which somebody has replayed; both have found it authentic.")
    @Outcome(
            id = {"true, false, 5", "false, true, 5"},
            expect = ACCEPTABLE,
            desc = "One of the two accepts it.")
    @State
    public static class Replay {
        private static final Slots SLOTS = new Slots();
        private static final long WINDOWS = new Region((long) Slots.COUNT * BYTES).address();

        private final long window = WINDOWS + (long) SLOTS.next() * BYTES;

        public Replay() {
            Memory.fill(window, BYTES, (byte) 0);
        }

        @Actor
        public void worker(ZZI_Result r) {
            r.r1 = accept(window, 5);
        }

        @Actor
        public void otherWorker(ZZI_Result r) {
            r.r2 = accept(window, 5);
        }

        @Arbiter
        public void highest(ZZI_Result r) {
            r.r3 = (int) Memory.getLong(window);
        }
    }

    @JCStressTest
    @Description("Two workers have packets whose numbers are a window apart, and share a slot.")
    @Outcome(id = "true, true, 69", expect = ACCEPTABLE, desc = "5 is accepted first: then 69 is newer.")
    @Outcome(
            id = "false, true, 69",
            expect = ACCEPTABLE,
            desc = "69 is accepted first: then 5 is older than the window.")
    @State
    public static class AWindowApart {
        private static final Slots SLOTS = new Slots();
        private static final long WINDOWS = new Region((long) Slots.COUNT * BYTES).address();

        private final long window = WINDOWS + (long) SLOTS.next() * BYTES;

        public AWindowApart() {
            Memory.fill(window, BYTES, (byte) 0);
        }

        @Actor
        public void worker(ZZI_Result r) {
            r.r1 = accept(window, 5);
        }

        @Actor
        public void otherWorker(ZZI_Result r) {
            r.r2 = accept(window, 5 + WINDOW);
        }

        @Arbiter
        public void highest(ZZI_Result r) {
            r.r3 = (int) Memory.getLong(window);
        }
    }
}

package io.vireo.dataplane.capture;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** The filters of captures: opened under the workers, and counted down by all of them. */
public final class CaptureFiltersStress {
    private static final int CAPTURE = 0;
    private static final int INTERFACE = 7;
    private static final int REASON = 3;
    private static final int SNAP_LENGTH = 128;

    private CaptureFiltersStress() {}

    @JCStressTest
    @Description("The conductor opens a capture while a worker looks which are open and asks it for a dropped frame.")
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "Not yet open: the worker asks nothing.")
    @Outcome(
            id = "1, 128",
            expect = ACCEPTABLE,
            desc = "Open: the worker sees the filter, the limit and the length whole.")
    @State
    public static class Open {
        private final CaptureFilters filters = new CaptureFilters(1);

        @Actor
        public void conductor() {
            filters.open(CAPTURE, INTERFACE, REASON, SNAP_LENGTH, 1);
        }

        @Actor
        public void worker(II_Result r) {
            if (filters.openSet() != 0) {
                r.r1 = filters.wantsDropped(CAPTURE, INTERFACE, REASON) ? 1 : -1;
                r.r2 = filters.snapLength(CAPTURE);
            }
        }
    }

    @JCStressTest
    @Description("Two workers have a frame each for a capture that takes one more.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "The first worker's frame was the last.")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "The second worker's frame was the last.")
    @State
    public static class LastPacket {
        private final CaptureFilters filters = new CaptureFilters(1);

        public LastPacket() {
            filters.open(CAPTURE, CaptureFilters.ANY, CaptureFilters.ANY, SNAP_LENGTH, 1);
        }

        @Actor
        public void first(II_Result r) {
            r.r1 = filters.wants(CAPTURE, INTERFACE) ? 1 : 0;
        }

        @Actor
        public void second(II_Result r) {
            r.r2 = filters.wants(CAPTURE, INTERFACE) ? 1 : 0;
        }
    }
}

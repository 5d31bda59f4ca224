package io.vireo.dataplane.wire.memory;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import io.vireo.dataplane.wire.layout.SharedLayout;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/** Heartbeats: opaque stores, of which each is seen whole, and in no order that a reader could rely on. */
@JCStressTest
@Description("A worker beats while control looks: the time it was alive, then how often it has polled.")
@Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "Before the beat.")
@Outcome(id = "4294967297, 4294967298", expect = ACCEPTABLE, desc = "After the beat.")
@Outcome(id = "0, 4294967298", expect = ACCEPTABLE, desc = "Within the beat: the cycles are stored before the time.")
@Outcome(
        id = "4294967297, 0",
        expect = ACCEPTABLE_INTERESTING,
        desc = "Opaque stores may be seen out of order; x86 does not, but a reader must not count on it.")
@State
public class HeartbeatsStress {
    /** Both halves differ from the old ones, so a torn long would be another number. */
    private static final long NOW_NS = 1L << 32 | 1;

    private static final long DUTY_CYCLES = 1L << 32 | 2;

    private final Heartbeats heartbeats = new Heartbeats(new UnsafeBuffer(new byte[SharedLayout.HEADER_LENGTH]));

    @Actor
    public void worker() {
        heartbeats.worker(1, NOW_NS, DUTY_CYCLES, 0);
    }

    @Actor
    public void control(JJ_Result r) {
        r.r1 = heartbeats.workerNs(1);
        r.r2 = heartbeats.workerDutyCycles(1);
    }
}

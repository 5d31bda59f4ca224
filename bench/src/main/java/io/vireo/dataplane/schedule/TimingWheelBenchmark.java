package io.vireo.dataplane.schedule;

import io.vireo.bench.micro.Expect;
import io.vireo.bench.micro.MeasuredThread;
import io.vireo.bench.schedule.Xorshift;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The wheel in which classes wait until they are eligible: time goes on, one comes out and waits again. */
@State(Scope.Thread)
public class TimingWheelBenchmark {
    private static final int MAX_WAIT_NS = 1 << 20;

    /** How many wait. */
    @Param({"1024", "131072"})
    public int classes;

    private final int[] due = new int[1];
    private final Xorshift random = new Xorshift();
    private TimingWheel wheel;
    private long nowNs;

    /** Puts them all in; the first must come out when its time has come, and not before. */
    @Setup
    public void fill() {
        MeasuredThread.begin();
        wheel = new TimingWheel(classes);
        for (int id = 0; id < classes; id++) {
            wheel.add(id, 1 + random.below(MAX_WAIT_NS));
        }
        Expect.count("classes due at the beginning", 0, wheel.takeExpired(nowNs, due));
        Expect.count("classes due at the next time of all", 1, takeAndAdd());
    }

    @Benchmark
    public int takeAndAdd() {
        int taken = wheel.takeExpired(nowNs, due);
        while (taken == 0) {
            nowNs = wheel.nextNs();
            taken = wheel.takeExpired(nowNs, due);
        }
        wheel.add(due[0], nowNs + 1 + random.below(MAX_WAIT_NS));
        return taken;
    }
}

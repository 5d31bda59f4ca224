package io.vireo.bench.schedule;

import io.vireo.bench.micro.Expect;
import io.vireo.bench.micro.MeasuredThread;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Enqueue and dequeue of one packet, in bursts, with all classes backlogged. */
@State(Scope.Thread)
public class ScheduleBenchmark {
    private static final int BURSTS_CHECKED = 1000;

    /** How many leaf classes, ten to a VPN. */
    @Param({"1000", "100000"})
    int classes;

    private ScheduleLoad load = new ScheduleLoad(10);

    /** A tree of the wanted size, its queues filled. */
    @Setup(Level.Trial)
    public void fill() {
        MeasuredThread.begin();
        load = new ScheduleLoad(classes);
        for (int burst = 0; burst < BURSTS_CHECKED; burst++) {
            Expect.count("packets of a burst", ScheduleLoad.BURST, load.step());
        }
    }

    /** A burst out and as many packets in. */
    @Benchmark
    @OperationsPerInvocation(ScheduleLoad.BURST)
    public int enqueueAndDequeue() {
        return load.step();
    }
}

package io.vireo.bench.schedule;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Enqueue and dequeue of one packet, in bursts, with all classes backlogged. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 1,
        jvmArgsAppend = {"--add-exports", "java.base/jdk.internal.misc=ALL-UNNAMED", "-XX:MaxDirectMemorySize=3g"})
public class ScheduleBenchmark {
    /** How many leaf classes, ten to a VPN. */
    @Param({"1000", "100000"})
    int classes;

    private ScheduleLoad load = new ScheduleLoad(10);

    /** A tree of the wanted size, its queues filled. */
    @Setup(Level.Trial)
    public void fill() {
        load = new ScheduleLoad(classes);
    }

    /** Millions of packets a second; a burst that the link's limits cut short would show as a lower one. */
    @Benchmark
    @OperationsPerInvocation(ScheduleLoad.BURST)
    public int enqueueAndDequeue() {
        return load.step();
    }
}

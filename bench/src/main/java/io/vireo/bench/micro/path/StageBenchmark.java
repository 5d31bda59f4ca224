package io.vireo.bench.micro.path;

import io.vireo.bench.forward.Workload;
import io.vireo.bench.micro.Expect;
import io.vireo.dataplane.path.Burst;
import io.vireo.dataplane.path.arrive.Arrive;
import io.vireo.dataplane.path.classify.Classify;
import io.vireo.dataplane.path.schedule.ReadyBatch;
import io.vireo.dataplane.port.WorkerPorts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Each stage by itself, on bursts that earlier stages have prepared; they are used in rotation, so that with many routers a burst's packets
 * and its routers' lines are as old as a round through all of them. Frames arrive in no order of their routers.
 */
@State(Scope.Thread)
public class StageBenchmark {
    private static final long SEED = 20_261_120;

    /** Whose packets. */
    @Param({MicroWorkloads.ONE, MicroWorkloads.THOUSAND, MicroWorkloads.TEN_THOUSAND, MicroWorkloads.IPV6})
    public String load = MicroWorkloads.ONE;

    private PathRig rig;
    private Stages stages;
    private WorkerPorts ports;
    private PreparedBurst[] bursts;
    private int nextBurst;

    /** Takes each burst all the way; every packet of it must be forwarded. */
    @Setup
    public void prepare() throws IOException {
        rig = new PathRig();
        Workload workload = MicroWorkloads.named(load);
        rig.configure(workload, PathRig::nullDevice);
        stages = new Stages(rig);
        ports = rig.ports();
        bursts = bursts(workload).toArray(PreparedBurst[]::new);
        for (PreparedBurst prepared : bursts) {
            stages.forward(prepared.burst);
            checkOutputs(prepared.burst);
            prepared.restore();
            stages.lookUp(prepared.burst);
        }
    }

    private List<PreparedBurst> bursts(Workload workload) {
        List<PreparedBurst> all = new ArrayList<>();
        for (int port = 0; port < workload.topology().ports(); port++) {
            List<byte[]> frames = new ArrayList<>(PathRig.frames(workload, port));
            Collections.shuffle(frames, new Random(SEED));
            for (int first = 0; first + Stages.BURST <= frames.size(); first += Stages.BURST) {
                all.add(new PreparedBurst(rig.pool, port, frames.subList(first, first + Stages.BURST)));
            }
        }
        return all;
    }

    private void checkOutputs(Burst burst) {
        ReadyBatch ready = stages.queues[burst.txFrames.target[0]].ready();
        stages.schedule.process(burst, ports, 0);
        Expect.count("packets that schedule made ready", burst.size, ready.count);
        ready.clear();
        burst.txFrames.count = burst.size;
    }

    @TearDown
    public void close() throws IOException {
        rig.close();
    }

    private PreparedBurst next() {
        nextBurst = nextBurst + 1 < bursts.length ? nextBurst + 1 : 0;
        return bursts[nextBurst];
    }

    /** The end of arrive: what the mbufs say. */
    @Benchmark
    @OperationsPerInvocation(Stages.BURST)
    public long describe() {
        return Arrive.describe(next().burst, 0);
    }

    @Benchmark
    @OperationsPerInvocation(Stages.BURST)
    public Burst check() {
        Burst burst = next().burst;
        stages.check.process(burst);
        return burst;
    }

    @Benchmark
    @OperationsPerInvocation(Stages.BURST)
    public Burst classify() {
        Burst burst = next().burst;
        Stages.forget(burst);
        stages.classify.process(burst);
        return burst;
    }

    /** The other half of classify: counting what was received, by interface and router. */
    @Benchmark
    @OperationsPerInvocation(Stages.BURST)
    public Burst countReceived() {
        Burst burst = next().burst;
        Classify.count(burst, stages.statistics);
        return burst;
    }

    @Benchmark
    @OperationsPerInvocation(Stages.BURST)
    public Burst forward() {
        Burst burst = next().burst;
        stages.forward.process(burst);
        return burst;
    }

    /** With a store per packet that gives it its hop limit back. */
    @Benchmark
    @OperationsPerInvocation(Stages.BURST)
    public Burst modify() {
        PreparedBurst prepared = next();
        prepared.restoreHopLimits();
        prepared.burst.txFrames.count = 0;
        stages.modify.process(prepared.burst);
        return prepared.burst;
    }

    /** All to one port without classes. */
    @Benchmark
    @OperationsPerInvocation(Stages.BURST)
    public ReadyBatch schedule() {
        Burst burst = next().burst;
        stages.schedule.process(burst, ports, 0);
        return emptied(burst);
    }

    private ReadyBatch emptied(Burst burst) {
        burst.txFrames.count = burst.size;
        ReadyBatch ready = stages.queues[burst.txFrames.target[0]].ready();
        ready.clear();
        return ready;
    }
}

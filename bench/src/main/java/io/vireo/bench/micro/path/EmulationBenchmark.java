package io.vireo.bench.micro.path;

import io.vireo.bench.forward.Workload;
import io.vireo.bench.forward.WorkloadCommands;
import io.vireo.bench.micro.Expect;
import io.vireo.dataplane.emulation.Emulator;
import io.vireo.dataplane.path.Burst;
import io.vireo.dataplane.path.TxFrames;
import io.vireo.dataplane.port.WorkerPorts;
import io.vireo.dataplane.wire.code.DelayDistribution;
import io.vireo.dataplane.wire.value.EmulationSpec;
import java.io.IOException;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A million packets a second by an emulated wire that holds a thousand: what schedule does to put them on it, and the worker to list them
 * again, beyond a plain packet's {@link StageBenchmark#schedule}. Nothing is lost or copied, for the packets are always the same.
 */
@State(Scope.Thread)
public class EmulationBenchmark {
    private static final String DELAY = "delay";
    private static final String CHANCE = "rate, jitter, loss that never comes";
    private static final long DELAY_NS = 1_000_000;
    private static final long GAP_NS = 1_000;
    private static final int RARELY = 1;
    private static final int ROUNDS = 100;

    /** What the wire does. */
    @Param({DELAY, CHANCE})
    public String wire = DELAY;

    private final TxFrames released = new TxFrames(Emulator.RELEASE_LIMIT);
    private PathRig rig;
    private Stages stages;
    private WorkerPorts ports;
    private Burst burst;
    private long nowNs = 1_000_000_000L;

    /** As many must come off the wire as were put on it. */
    @Setup
    public void prepare() throws IOException {
        rig = new PathRig();
        Workload workload = MicroWorkloads.named(MicroWorkloads.ONE);
        rig.configure(workload, PathRig::nullDevice);
        stages = new Stages(rig);
        ports = rig.ports();
        burst = new PreparedBurst(rig.pool, 0, PathRig.frames(workload, 0).subList(0, Stages.BURST)).burst;
        stages.forward(burst);
        int egress = burst.txFrames.egress[0];
        int target = burst.txFrames.target[0];
        WorkloadCommands.require(rig.proxy.emulations().setEmulation(rig.proxy.nextCorrelationId(), egress, spec()));
        rig.settle();
        Arrays.fill(burst.txFrames.target, 0, Stages.BURST, TxFrames.emulated(target));
        long listed = 0;
        for (int round = 0; round < ROUNDS; round++) {
            listed += holdAndRelease();
        }
        Expect.count("packets on the wire and off it", (long) ROUNDS * Stages.BURST, listed + drain());
    }

    private long drain() {
        nowNs += 2 * DELAY_NS;
        long listed = 0;
        do {
            released.count = 0;
            stages.emulator.release(released, nowNs);
            listed += released.count;
        } while (released.count > 0);
        return listed;
    }

    private EmulationSpec spec() {
        EmulationSpec spec = new EmulationSpec().limitPackets(Stages.HELD_PACKETS);
        return wire.equals(DELAY)
                ? spec.delay(DELAY_NS, 0, DelayDistribution.UNIFORM, false)
                : spec.delay(DELAY_NS, DELAY_NS / 10, DelayDistribution.NORMAL, false)
                        .rate(100_000_000_000L, DELAY_NS)
                        .burst(EmulationSpec.ALWAYS / 100, EmulationSpec.ALWAYS / 4, RARELY, 0);
    }

    @TearDown
    public void close() throws IOException {
        rig.close();
    }

    /** One packet onto the wire, and one off it. */
    @Benchmark
    @OperationsPerInvocation(Stages.BURST)
    public int holdAndRelease() {
        nowNs += Stages.BURST * GAP_NS;
        burst.txFrames.count = Stages.BURST;
        stages.schedule.process(burst, ports, nowNs);
        released.count = 0;
        stages.emulator.release(released, nowNs);
        return released.count;
    }
}

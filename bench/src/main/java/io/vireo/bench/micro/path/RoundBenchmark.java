package io.vireo.bench.micro.path;

import io.vireo.bench.forward.Workload;
import io.vireo.bench.micro.Expect;
import io.vireo.bench.pcap.PcapFile;
import io.vireo.dataplane.worker.HandoverRings;
import io.vireo.dataplane.worker.Worker;
import io.vireo.dataplane.worker.Workers;
import java.io.IOException;
import java.nio.file.Path;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A worker's whole round, with a {@code net_pcap} port that delivers a file's frames for ever: {@code bench forward} on one thread. */
@State(Scope.Thread)
public class RoundBenchmark {
    private static final int ROUNDS_CHECKED = 100;

    /** Whose packets; one port has no room for more routers. */
    @Param({MicroWorkloads.ONE, MicroWorkloads.THOUSAND, MicroWorkloads.IPV6})
    public String load = MicroWorkloads.ONE;

    private PathRig rig;
    private Worker worker;
    private long nowNs;

    /** Lets the worker go some rounds: each must send as many packets as a burst has. */
    @Setup
    public void prepare() throws IOException {
        rig = new PathRig();
        Workload workload = MicroWorkloads.named(load);
        Path frames = rig.directory().resolve("frames.pcap");
        PcapFile.write(frames, PathRig.frames(workload, 0));
        worker = Workers.create(rig.memory, rig.tables, rig.pool, rig.slots, new HandoverRings(1))
                .getFirst();
        rig.configure(workload, port -> PathRig.fileDevice(port, frames));
        worker.onStart();
        long before = sent();
        for (int round = 0; round < ROUNDS_CHECKED; round++) {
            round();
        }
        Expect.count("packets sent in " + ROUNDS_CHECKED + " rounds", ROUNDS_CHECKED * Stages.BURST, sent() - before);
    }

    private long sent() {
        return rig.memory.statisticsReader().portCounts(0).txPackets();
    }

    @TearDown
    public void close() throws IOException {
        worker.onClose();
        rig.close();
    }

    @Benchmark
    @OperationsPerInvocation(Stages.BURST)
    public int round() {
        nowNs += 1_000;
        return worker.doWork(nowNs);
    }
}

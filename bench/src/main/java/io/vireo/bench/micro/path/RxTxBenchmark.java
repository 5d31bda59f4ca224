package io.vireo.bench.micro.path;

import io.vireo.bench.forward.Topology;
import io.vireo.bench.micro.Expect;
import io.vireo.dataplane.path.Burst;
import io.vireo.dataplane.path.Disposition;
import io.vireo.dataplane.path.TxFrames;
import io.vireo.dataplane.path.schedule.ReadyBatch;
import io.vireo.dataplane.port.LinkStates;
import io.vireo.dataplane.port.WorkerPorts;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.layout.SharedLayout;
import io.vireo.dpdk.MbufArray;
import io.vireo.dpdk.RxQueue;
import io.vireo.dpdk.WorkerThread;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What packets come from and go to: a device, another worker, an internal link, their end. {@link #device} is the floor of those
 * that receive from a device or send to it: DPDK's {@code net_null}, which takes buffers from the pool and gives them back.
 */
@State(Scope.Thread)
public class RxTxBenchmark {
    private static final int FRAME_BYTES = 60;
    private static final int OTHER_WORKER = 1;

    private PathRig rig;
    private Stages stages;
    private WorkerThread thread;
    private WorkerPorts ports;
    private WorkerPorts othersPorts;
    private RxQueue receiver;
    private ReadyBatch ready;
    private final Burst burst = new Burst(2 * Stages.BURST, 0); // as a worker's: links may fill three quarters
    private final MbufArray mbufs = burst.mbufs;
    private final MbufArray own = MbufArray.allocate(Stages.BURST);
    private final WorkerPorts noPorts = WorkerPorts.none(SharedLayout.MAX_PORTS);

    /** Calls each case once: every packet must have gone where the case says. */
    @Setup
    public void prepare() throws IOException {
        rig = new PathRig();
        rig.configure(MicroWorkloads.named(MicroWorkloads.ONE), PathRig::nullDevice);
        thread = WorkerThread.register();
        stages = new Stages(rig);
        ports = rig.ports();
        int[] owners = new int[SharedLayout.MAX_PORTS];
        Arrays.fill(owners, OTHER_WORKER);
        othersPorts = new WorkerPorts(List.of(), List.of(), owners, new LinkStates(owners.length));
        receiver = ports.rxQueue(0);
        Expect.count("packet buffers", Stages.BURST, rig.pool.allocate(own, 0, Stages.BURST));
        ready = stages.queues[0].ready();
        Arrays.fill(ready.egress, Topology.egress(0));
        Arrays.fill(ready.bytes, FRAME_BYTES);
        Expect.count("packets through the device", Stages.BURST, device());
        Expect.count("packets that arrived", Stages.BURST, arrive());
        Expect.count("packets transmitted", Stages.BURST, transmit());
        Expect.count("packets handed over", Stages.BURST, handOver());
        Expect.count("packets across the link", Stages.BURST, link());
        long before = dropped();
        drop();
        Expect.count("packets dropped", Stages.BURST, dropped() - before);
    }

    private long dropped() {
        return rig.memory.statisticsReader().drops(0, DropReason.NO_ROUTE);
    }

    @TearDown
    public void close() throws IOException {
        thread.close();
        rig.close();
    }

    /** A burst from the device and to it. */
    @Benchmark
    @OperationsPerInvocation(Stages.BURST)
    public int device() {
        int count = receiver.receive(mbufs, 0, Stages.BURST);
        return Objects.requireNonNull(ports.txQueue(0)).send(mbufs, 0, count);
    }

    /** {@link #device} by way of arrive. */
    @Benchmark
    @OperationsPerInvocation(Stages.BURST)
    public int arrive() {
        burst.clear();
        int count = stages.arrive.process(burst, ports);
        return Objects.requireNonNull(ports.txQueue(0)).send(mbufs, 0, count);
    }

    /** {@link #device} by way of transmit, which counts the packets by port, interface and router. */
    @Benchmark
    @OperationsPerInvocation(Stages.BURST)
    public int transmit() {
        ready.count = receiver.receive(ready.mbufs, 0, Stages.BURST);
        return stages.transmit.process(ports, 0);
    }

    /** From schedule through a ring to the worker that sends, on one thread: no line moves between processors. */
    @Benchmark
    @OperationsPerInvocation(Stages.BURST)
    public int handOver() {
        setTxFrames(0);
        stages.handedOver.count = 0;
        stages.schedule.process(burst, othersPorts, 0);
        stages.handoverIn.poll();
        return stages.handedOver.count;
    }

    /** From schedule over an internal link to arrive. */
    @Benchmark
    @OperationsPerInvocation(Stages.BURST)
    public int link() {
        setTxFrames(~Topology.ingress(0));
        stages.schedule.process(burst, ports, 0);
        burst.clear();
        return stages.arrive.process(burst, noPorts);
    }

    /** {@link #device}'s receiving half, and the packets' end: counted by reason, router and interface, and freed. */
    @Benchmark
    @OperationsPerInvocation(Stages.BURST)
    public int drop() {
        int reason = Disposition.drop(DropReason.NO_ROUTE);
        burst.clear();
        burst.size = receiver.receive(mbufs, 0, Stages.BURST);
        for (int i = 0; i < burst.size; i++) {
            burst.except(i, reason);
        }
        stages.exceptionPath.process(burst, 0);
        stages.discards.flush();
        return burst.size;
    }

    private void setTxFrames(int target) {
        TxFrames txFrames = burst.txFrames;
        txFrames.count = 0;
        for (int k = 0; k < Stages.BURST; k++) {
            txFrames.add(own.get(k), 0, Topology.egress(0), target, FRAME_BYTES);
        }
    }
}

package io.vireo.bench.micro.path;

import io.vireo.bench.forward.BarrierWaiter;
import io.vireo.bench.forward.FrameSizes;
import io.vireo.bench.forward.Workload;
import io.vireo.bench.forward.WorkloadCommands;
import io.vireo.bench.micro.MeasuredThread;
import io.vireo.bench.process.ChildProcesses;
import io.vireo.dataplane.conductor.Conductor;
import io.vireo.dataplane.conductor.ConductorFactory;
import io.vireo.dataplane.forwarding.ForwardingLimits;
import io.vireo.dataplane.forwarding.ForwardingTables;
import io.vireo.dataplane.path.EpochClock;
import io.vireo.dataplane.port.WorkerPorts;
import io.vireo.dataplane.port.WorkerPortsSlot;
import io.vireo.dataplane.wire.command.DataplaneProxy;
import io.vireo.dataplane.wire.event.EventAdapter;
import io.vireo.dataplane.wire.layout.SharedLayout;
import io.vireo.dataplane.wire.layout.SharedLimits;
import io.vireo.dataplane.wire.memory.SharedMemory;
import io.vireo.dataplane.wire.memory.SharedMemoryContext;
import io.vireo.dpdk.Eal;
import io.vireo.dpdk.EalContext;
import io.vireo.dpdk.Mempool;
import io.vireo.dpdk.MempoolConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;

/**
 * A data plane without threads: tables, ports, and a conductor that has carried out a workload's commands. Everything happens on
 * the thread that made it, which is then the one that is measured. One in a process, for there is one DPDK.
 */
final class PathRig implements AutoCloseable {
    private static final int MEMORY_MEGABYTES = 256;
    private static final int MBUFS = 32_767;
    private static final int MTU = 1500;
    private static final int QUEUES = 1;
    private static final int DESCRIPTORS = 512;
    private static final int EVENTS_AT_ONCE = 1024;
    private static final ForwardingLimits LIMITS = new ForwardingLimits(1, 16_384, 32_768, 65_536, 65_536, 65_536, 16);

    final SharedMemory memory;
    final Mempool pool;
    final ForwardingTables tables = ForwardingTables.create(LIMITS);
    final WorkerPortsSlot[] slots = {new WorkerPortsSlot(WorkerPorts.none(SharedLayout.MAX_PORTS))};
    final EpochClock clock = new EpochClock(System.currentTimeMillis(), System.nanoTime());
    final DataplaneProxy proxy;
    final Conductor conductor;
    private final Path directory;

    /**
     * Starts DPDK and makes an empty data plane.
     *
     * @throws IOException when shared memory has no room for a file
     */
    PathRig() throws IOException {
        Eal.start(new EalContext().memoryMegabytes(MEMORY_MEGABYTES)); // ends with the process
        MeasuredThread.begin();
        directory = ChildProcesses.directory("vireo-micro-");
        pool = Mempool.create("micro", new MempoolConfig().mbufs(MBUFS));
        memory = SharedMemory.create(new SharedMemoryContext()
                .path(directory.resolve("dataplane.shm"))
                .limits(SharedLimits.of(1)
                        .withMaxRouters(LIMITS.maxRouters())
                        .withMaxInterfaces(LIMITS.maxInterfaces())
                        .withMaxClasses(2)));
        proxy = new DataplaneProxy(memory, 0);
        conductor = ConductorFactory.create(memory, tables, LIMITS, pool, slots, MTU);
    }

    /** Where files may lie until it is closed. */
    Path directory() {
        return directory;
    }

    /**
     * Attaches ports and fills the tables.
     *
     * @param device of a port, by its id
     */
    void configure(Workload workload, IntFunction<String> device) throws IOException {
        for (int port = 0; port < workload.topology().ports(); port++) {
            proxy.topology()
                    .addPort(proxy.nextCorrelationId(), port, QUEUES, DESCRIPTORS, MTU, "p" + port, device.apply(port));
        }
        settle();
        new WorkloadCommands(proxy, workload, memory.incarnation(), this::settle).install();
    }

    /** The queues and owners of ports that the worker would have by now. */
    WorkerPorts ports() {
        return slots[0].newest();
    }

    /**
     * Lets the conductor carry out all commands.
     *
     * @throws IOException when one was refused
     */
    void settle() throws IOException {
        long barrier = proxy.nextCorrelationId();
        BarrierWaiter waiter = new BarrierWaiter(barrier);
        EventAdapter events = new EventAdapter(memory, waiter);
        while (!proxy.barrier(barrier)) {
            conductor.doWork();
        }
        while (!waiter.reached()) {
            conductor.doWork();
            events.poll(EVENTS_AT_ONCE);
        }
        if (!waiter.errors().isEmpty()) {
            throw new IOException("refused: " + waiter.errors());
        }
    }

    /** Detaches the ports and removes the files. */
    @Override
    public void close() {
        conductor.onClose();
        memory.close();
        ChildProcesses.remove(directory);
    }

    /** A device that receives frames of zeros for ever and drops what is sent. */
    static String nullDevice(int port) {
        return "net_null" + port + ",size=60";
    }

    /** A device that receives the frames of a file for ever and drops what is sent. */
    static String fileDevice(int port, Path frames) {
        return "net_pcap" + port + ",rx_pcap=" + frames + ",infinite_rx=1";
    }

    /** All frames of a workload's port, 64 bytes long with their FCS, in the order of the flows. */
    static List<byte[]> frames(Workload workload, int port) {
        return workload.frames(port, FrameSizes.of(64));
    }
}

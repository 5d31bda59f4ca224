package io.vireo.dataplane;

import io.vireo.dataplane.conductor.Conductor;
import io.vireo.dataplane.conductor.ConductorFactory;
import io.vireo.dataplane.forwarding.ForwardingLimits;
import io.vireo.dataplane.forwarding.ForwardingTables;
import io.vireo.dataplane.port.WorkerPorts;
import io.vireo.dataplane.port.WorkerPortsSlot;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.command.DataplaneProxy;
import io.vireo.dataplane.wire.counters.StatisticsReader;
import io.vireo.dataplane.wire.event.EventAdapter;
import io.vireo.dataplane.wire.frame.CaptureReader;
import io.vireo.dataplane.wire.frame.InjectWriter;
import io.vireo.dataplane.wire.frame.PuntReader;
import io.vireo.dataplane.wire.layout.SharedLayout;
import io.vireo.dataplane.wire.layout.SharedLimits;
import io.vireo.dataplane.wire.memory.SharedMemory;
import io.vireo.dataplane.wire.memory.SharedMemoryContext;
import io.vireo.dataplane.worker.HandoverRings;
import io.vireo.dataplane.worker.Worker;
import io.vireo.dataplane.worker.Workers;
import io.vireo.dpdk.MbufArray;
import io.vireo.dpdk.Mempool;
import io.vireo.dpdk.MempoolConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A whole data plane without threads: the test is conductor, workers and control, one after the other, and chooses the time.
 * Its ports are capture files in memory. Closing it audits that every packet buffer came home.
 */
public final class HandDrivenDataplane implements AutoCloseable {
    static final int MBUFS = 16_383;

    /** Few: the shared memory of the classes that a node may have is written whenever a data plane is made. */
    private static final int MAX_CLASSES = 1_024;

    private static final AtomicInteger POOLS = new AtomicInteger();
    private static final int IDLE_ROUNDS = 3;

    final Path directory;
    public final SharedMemory memory;
    public final DataplaneProxy proxy;
    public final RecordedEvents events = new RecordedEvents();
    public final FrameRecorder punts = new FrameRecorder();
    public final RecordedCaptures captures = new RecordedCaptures();
    final List<Worker> workers;
    final Conductor conductor;
    public final ForwardingTables tables;
    private final Mempool pool;
    private final HandoverRings rings;
    private final EventAdapter eventAdapter;
    private final PuntReader[] puntReaders;
    private final CaptureReader[] captureReaders;
    private final List<Long> held = new ArrayList<>();
    private final List<RingWire> wires = new ArrayList<>();
    private long nowNs = 1_000_000_000L;
    private boolean isClosed;
    private boolean isFreed;

    public HandDrivenDataplane(int workerCount) {
        this(workerCount, 256);
    }

    public HandDrivenDataplane(int workerCount, int maxInterfaces) {
        TestEal.get();
        try {
            directory = Files.createTempDirectory(Path.of("/dev/shm"), "vireo-path-test");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        SharedLimits shared = SharedLimits.of(workerCount)
                .withMaxRouters(maxInterfaces)
                .withMaxInterfaces(maxInterfaces)
                .withMaxClasses(MAX_CLASSES)
                .withRingBytes(1 << 20);
        memory = SharedMemory.create(new SharedMemoryContext()
                .path(directory.resolve("dataplane.shm"))
                .limits(shared));
        pool = Mempool.create("test" + POOLS.incrementAndGet(), new MempoolConfig().mbufs(MBUFS));
        ForwardingLimits limits =
                new ForwardingLimits(workerCount, maxInterfaces, maxInterfaces, 500_000, 10_000, 65_536, 64);
        tables = ForwardingTables.create(limits);
        WorkerPortsSlot[] slots = new WorkerPortsSlot[workerCount];
        Arrays.setAll(slots, id -> new WorkerPortsSlot(WorkerPorts.none(SharedLayout.MAX_PORTS)));
        rings = new HandoverRings(workerCount);
        workers = Workers.create(memory, tables, pool, slots, rings);
        conductor = ConductorFactory.create(memory, tables, limits, pool, slots, 2_030);
        memory.ready();
        proxy = new DataplaneProxy(memory, 0);
        eventAdapter = new EventAdapter(memory, events);
        puntReaders = new PuntReader[workerCount];
        captureReaders = new CaptureReader[workerCount];
        Arrays.setAll(puntReaders, id -> new PuntReader(memory, id, punts));
        Arrays.setAll(captureReaders, id -> new CaptureReader(memory, id, captures));
    }

    /** Adds a port that receives the given frames and records what it sends. */
    public void port(int id, byte[]... frames) {
        port(id, List.of(frames));
    }

    public void port(int id, List<byte[]> frames) {
        try {
            Pcap.write(directory.resolve("in" + id), frames);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        String device = "net_pcap_" + pool.name() + "_" + id + ",rx_pcap=" + directory.resolve("in" + id) + ",tx_pcap="
                + directory.resolve("out" + id);
        proxy.topology().addPort(proxy.nextCorrelationId(), id, 1, 512, 1500, "port" + id, device);
    }

    /** Adds a port whose other end the test holds. */
    public RingWire wire(int id) {
        String device = "net_ring_" + pool.name() + id; // DPDK has room for 18 letters
        proxy.topology().addPort(proxy.nextCorrelationId(), id, 1, 512, 1500, "port" + id, device);
        settle();
        RingWire wire = new RingWire(device, pool);
        wires.add(wire);
        return wire;
    }

    /** Lets the conductor carry out all commands; fails if one is refused. */
    public void settle() {
        conduct();
        if (!events.refusals.isEmpty()) {
            AssertionError refused = new AssertionError("refused: " + events.refusals);
            closeAfter(refused);
            throw refused;
        }
    }

    /** In the constructor of a rig nobody else can; what each test leaves in memory would be too much for those that follow. */
    private void closeAfter(AssertionError failure) {
        try {
            close();
        } catch (AssertionError e) {
            failure.addSuppressed(e);
        }
    }

    /** Lets the conductor carry out all commands, and collects the answers. */
    public void conduct() {
        for (int idle = 0; idle < IDLE_ROUNDS; ) {
            idle = conductor.doWork() + eventAdapter.poll(1000) > 0 ? 0 : idle + 1;
        }
    }

    /** Lets the workers run until there is nothing left to do, and collects punted and captured frames. */
    public void run() {
        for (int idle = 0; idle < IDLE_ROUNDS; ) {
            idle = round() > 0 ? 0 : idle + 1;
        }
    }

    /** As {@link #run}, for those who let it run a million times: until there was nothing to do once. */
    public void runBriefly() {
        for (int work = 1; work > 0; ) {
            work = round();
        }
    }

    /** One round of each worker. */
    public int round() {
        int work = 0;
        for (int id = 0; id < workers.size(); id++) {
            work += workRound(id, nowNs);
            work += puntReaders[id].poll(10_000);
            work += captureReaders[id].poll(10_000);
        }
        return work;
    }

    /** One round of one worker, which is away from the tables before and after: else the conductor would wait for it. */
    int workRound(int worker, long atNs) {
        tables.quiescent().online(worker);
        int work = workers.get(worker).doWork(atNs);
        tables.quiescent().offline(worker);
        return work;
    }

    public void advance(long ns) {
        nowNs += ns;
    }

    public InjectWriter injectWriter(int worker) {
        return new InjectWriter(memory, worker);
    }

    public StatisticsReader statistics() {
        return memory.statisticsReader();
    }

    /** Packets dropped for a reason in a router, -1: before the router was known. */
    public long drops(int router, DropReason reason) {
        return statistics().drops(router, reason);
    }

    /** Holds all packet buffers but so many, until the data plane stops. */
    void leave(int buffers) {
        MbufArray one = MbufArray.allocate(1);
        while (pool.availableCount() > buffers && pool.allocate(one, 0, 1) == 1) {
            held.add(one.get(0));
        }
    }

    private void release() {
        MbufArray one = MbufArray.allocate(1);
        for (long mbuf : held) {
            one.set(0, mbuf);
            Mempool.free(one, 0, 1);
        }
        held.clear();
    }

    /** Buffers that somebody holds. */
    public int buffersInUse() {
        return pool.inUseCount();
    }

    /** Unplugs everything, and returns what a port sent. */
    public List<byte[]> sent(int port) {
        stop();
        try {
            return Pcap.read(directory.resolve("out" + port));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void stop() {
        if (!isClosed) {
            isClosed = true;
            release();
            wires.forEach(RingWire::close);
            workers.forEach(Worker::onClose);
            rings.discardAll();
            conductor.onClose();
        }
    }

    @Override
    public void close() {
        if (isFreed) {
            return;
        }
        isFreed = true;
        stop();
        int inUse = buffersInUse();
        pool.close();
        memory.close();
        deleteFiles();
        if (inUse != 0) {
            throw new AssertionError(inUse + " packet buffers were leaked");
        }
    }

    private void deleteFiles() {
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(directory);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}

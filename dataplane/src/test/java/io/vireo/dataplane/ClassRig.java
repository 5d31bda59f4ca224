package io.vireo.dataplane;

import io.vireo.dataplane.conductor.Conductor;
import io.vireo.dataplane.conductor.ConductorFactory;
import io.vireo.dataplane.forwarding.ForwardingLimits;
import io.vireo.dataplane.forwarding.ForwardingTables;
import io.vireo.dataplane.path.schedule.SchedulingLimits;
import io.vireo.dataplane.port.WorkerPorts;
import io.vireo.dataplane.port.WorkerPortsSlot;
import io.vireo.dataplane.tables.QuiescentState;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.command.DataplaneProxy;
import io.vireo.dataplane.wire.counters.ClassCounts;
import io.vireo.dataplane.wire.counters.StatisticsReader;
import io.vireo.dataplane.wire.event.EventAdapter;
import io.vireo.dataplane.wire.frame.InjectWriter;
import io.vireo.dataplane.wire.layout.SharedLayout;
import io.vireo.dataplane.wire.layout.SharedLimits;
import io.vireo.dataplane.wire.memory.SharedMemory;
import io.vireo.dataplane.wire.memory.SharedMemoryContext;
import io.vireo.dataplane.wire.value.ClassSpec;
import io.vireo.dataplane.worker.HandoverRings;
import io.vireo.dataplane.worker.Worker;
import io.vireo.dataplane.worker.Workers;
import io.vireo.dpdk.Mempool;
import io.vireo.dpdk.MempoolConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A data plane without threads whose ports swallow what they are given: frames are injected by interface, so a test
 * sees the schedule stage alone. Time is the test's. Closing it audits that every packet buffer came home.
 */
public final class ClassRig implements AutoCloseable {
    static final int ROUTER = 0;
    static final int MBUFS = 16_383;

    private static final AtomicInteger SERIAL = new AtomicInteger();
    private static final long MAC = 0x0200_0000_0001L;
    private static final int INTERFACES = 256;

    final SharedMemory memory;
    public final DataplaneProxy proxy;
    public final RecordedEvents events = new RecordedEvents();
    final List<Worker> workers;
    final Conductor conductor;
    final StatisticsReader statistics;
    long nowNs = 1_000_000_000L;
    private final Path directory;
    private final QuiescentState quiescent;
    private final Mempool pool;
    private final HandoverRings rings;
    private final EventAdapter eventAdapter;
    private final InjectWriter[] injectors;
    private final int serial = SERIAL.incrementAndGet();

    public ClassRig() {
        this(1);
    }

    public ClassRig(int workerCount) {
        this(workerCount, SchedulingLimits.DEFAULT);
    }

    public ClassRig(int workerCount, SchedulingLimits scheduling) {
        TestEal.get();
        try {
            directory = Files.createTempDirectory(Path.of("/dev/shm"), "vireo-classes-test");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        memory = SharedMemory.create(new SharedMemoryContext()
                .path(directory.resolve("dataplane.shm"))
                .limits(SharedLimits.of(workerCount)
                        .withMaxRouters(16)
                        .withMaxInterfaces(INTERFACES)
                        .withMaxClasses(1_024)
                        .withRingBytes(1 << 20)));
        pool = Mempool.create("classes" + serial, new MempoolConfig().mbufs(MBUFS));
        ForwardingLimits limits = new ForwardingLimits(workerCount, 16, INTERFACES, 10_000, 10_000, 1_024, 64);
        ForwardingTables tables = ForwardingTables.create(limits, scheduling);
        quiescent = tables.quiescent();
        WorkerPortsSlot[] slots = new WorkerPortsSlot[workerCount];
        Arrays.setAll(slots, id -> new WorkerPortsSlot(WorkerPorts.none(SharedLayout.MAX_PORTS)));
        rings = new HandoverRings(workerCount);
        workers = Workers.create(memory, tables, pool, slots, rings);
        conductor = ConductorFactory.create(memory, tables, limits, pool, slots, 2_030);
        memory.ready();
        proxy = new DataplaneProxy(memory, 0);
        statistics = memory.statisticsReader();
        eventAdapter = new EventAdapter(memory, events);
        injectors = new InjectWriter[workerCount];
        Arrays.setAll(injectors, id -> new InjectWriter(memory, id));
        proxy.topology().addRouter(1, ROUTER, 7, 1_000, 100, "r");
    }

    /** Adds a port that takes everything, with so many interfaces from {@code firstInterface} on. */
    public void port(int port, int firstInterface, int interfaces) {
        String device = "net_null_classes" + serial + "x" + port + ",no-rx=1";
        proxy.topology().addPort(2, port, 1, 512, 1_500, "p" + port, device);
        for (int n = 0; n < interfaces; n++) {
            proxy.topology()
                    .addInterface(3, TestInterfaces.access(firstInterface + n, ROUTER, port, n, MAC, 1_500, "i" + n));
        }
        settle();
    }

    /** Carries out all commands; fails if one is refused. */
    public void settle() {
        conduct();
        if (!events.refusals.isEmpty()) {
            throw new AssertionError("refused: " + events.refusals);
        }
    }

    /** Carries out all commands, also those that workers must carry out. */
    void conduct() {
        for (int idle = 0; idle < 4; ) {
            int work = conductor.doWork() + eventAdapter.poll(1_000);
            round(0);
            idle = work > 0 ? 0 : idle + 1;
        }
    }

    /** Reads what the conductor has told. */
    void hear() {
        eventAdapter.poll(1_000);
    }

    int serial() {
        return serial;
    }

    /** One round of each worker, after so many nanoseconds. */
    void round(long afterNs) {
        nowNs += afterNs;
        for (int id = 0; id < workers.size(); id++) {
            workers.get(id).doWork(nowNs);
            quiescent.offline(id); // so that the conductor, which is this thread too, need not wait for it
        }
    }

    /** Lets rounds pass until so much time has passed. */
    void pass(long ns, long stepNs) {
        long endNs = nowNs + ns;
        while (nowNs < endNs) {
            round(Math.min(stepNs, endNs - nowNs));
        }
    }

    void inject(int interfaceId, UnsafeBuffer frame) {
        inject(0, interfaceId, frame);
    }

    void inject(int worker, int interfaceId, UnsafeBuffer frame) {
        injectors[worker].inject(interfaceId, frame, 0, frame.capacity());
    }

    /** A UDP packet of so many bytes with its Ethernet header. */
    static UnsafeBuffer udp(int bytes, int dscp, int ecn, int destinationPort) {
        UnsafeBuffer frame = new UnsafeBuffer(new byte[bytes]);
        frame.putShort(12, (short) 0x0008);
        frame.putByte(14, (byte) 0x45);
        frame.putByte(15, (byte) (dscp << 2 | ecn));
        frame.putByte(23, (byte) 17);
        frame.putInt(26, 0x0a000001);
        frame.putInt(30, 0x0b000001);
        frame.putShort(36, Short.reverseBytes((short) destinationPort));
        return frame;
    }

    public static ClassSpec guarantee(long rate) {
        return new ClassSpec().realTime(rate, 0, rate).linkShare(rate, 0, rate);
    }

    static ClassSpec share(long rate) {
        return new ClassSpec().linkShare(rate, 0, rate);
    }

    ClassCounts counts(int classId) {
        return statistics.classCounts(classId);
    }

    long sent(int interfaceId) {
        return statistics.interfaceCounts(interfaceId).txPackets();
    }

    long dropped(DropReason reason) {
        return statistics.drops(ROUTER, reason);
    }

    /** Buffers that somebody holds. */
    int buffersInUse() {
        return pool.inUseCount();
    }

    @Override
    public void close() {
        workers.forEach(Worker::onClose);
        rings.discardAll();
        conductor.onClose();
        int inUse = buffersInUse();
        pool.close();
        memory.close();
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(directory);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        if (inUse != 0) {
            throw new AssertionError(inUse + " packet buffers were leaked");
        }
    }
}

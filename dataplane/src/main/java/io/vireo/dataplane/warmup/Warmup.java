package io.vireo.dataplane.warmup;

import io.vireo.dataplane.conductor.Conductor;
import io.vireo.dataplane.conductor.ConductorFactory;
import io.vireo.dataplane.forwarding.ForwardingLimits;
import io.vireo.dataplane.forwarding.ForwardingTables;
import io.vireo.dataplane.port.WorkerPorts;
import io.vireo.dataplane.port.WorkerPortsSlot;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.RouteKind;
import io.vireo.dataplane.wire.command.ClassProxy;
import io.vireo.dataplane.wire.command.DataplaneProxy;
import io.vireo.dataplane.wire.layout.SharedLayout;
import io.vireo.dataplane.wire.layout.SharedLimits;
import io.vireo.dataplane.wire.memory.SharedMemory;
import io.vireo.dataplane.wire.memory.SharedMemoryContext;
import io.vireo.dataplane.wire.value.ClassSpec;
import io.vireo.dataplane.wire.value.InterfaceSpec;
import io.vireo.dataplane.wire.value.NextHops;
import io.vireo.dataplane.worker.HandoverRings;
import io.vireo.dataplane.worker.Worker;
import io.vireo.dataplane.worker.Workers;
import io.vireo.dpdk.Mempool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One warm-up. All of it happens on the thread that calls {@link #run}, which must be free to register with DPDK: not the
 * one that started it.
 */
public final class Warmup {
    private static final int MTU = 1500;
    private static final int ROUTES = 96;
    private static final int DESCRIPTORS = 512;
    private static final int SHORTEST_IPV4 = 12;
    private static final int SHORTEST_IPV6 = 40;
    private static final int ROUNDS_BETWEEN_LOOKS_AT_THE_CLOCK = 16;
    private static final ForwardingLimits LIMITS = new ForwardingLimits(1, 16, 32, 4096, 4096, 1024, 16);
    private static final long GATEWAY = 10L << 24 | 1;
    private static final long CLASS_RATE = 100_000_000;

    /** More than a processor sends: packets bypass the scheduler. */
    private static final long FAST_PORT = 400_000_000_000L;

    /** Less: they queue. */
    private static final long SLOW_PORT = 1_000_000_000;

    /** What has no classes comes first and has the most time; with classes, so much of it for each rate. */
    private static final int CLASSES_SHARE = 4;

    private final SharedMemory memory;
    private final DataplaneProxy proxy;
    private final ForwardingTables tables;
    private final Conductor conductor;
    private final Worker worker;
    private final Path capture;

    private Warmup(Path directory, Mempool pool) {
        capture = directory.resolve("warmup.pcap");
        memory = SharedMemory.create(
                new SharedMemoryContext().path(directory.resolve("warmup.shm")).limits(sharedLimits()));
        proxy = new DataplaneProxy(memory, 0);
        tables = ForwardingTables.create(LIMITS);
        WorkerPortsSlot[] slots = {new WorkerPortsSlot(WorkerPorts.none(SharedLayout.MAX_PORTS))};
        worker = Workers.create(memory, tables, pool, slots, new HandoverRings(1))
                .getFirst();
        conductor = ConductorFactory.create(memory, tables, LIMITS, pool, slots, MTU);
    }

    private static SharedLimits sharedLimits() {
        return SharedLimits.of(1)
                .withMaxRouters(LIMITS.maxRouters())
                .withMaxInterfaces(LIMITS.maxInterfaces())
                .withMaxClasses(2 + Traffic.VLANS)
                .withRingBytes(SharedLimits.MIN_RING_BYTES);
    }

    /** Returns the length in bytes of the file of shared memory that there is during the warm-up. */
    public static long sharedBytes() {
        return new SharedLayout(sharedLimits()).totalLength();
    }

    /**
     * Forwards for a while.
     *
     * @param directory for two files, which are gone afterwards.
     * @param pool lends packet buffers, and has them back afterwards.
     * @param durationNs how long without classes, half as long again with them; a few tenths of a second give the JIT its
     *     profiles.
     */
    public static void run(Path directory, Mempool pool, long durationNs) throws IOException {
        Warmup warmup = new Warmup(directory, pool);
        try {
            Traffic.write(warmup.capture);
            warmup.configure();
            warmup.forward(durationNs);
        } finally {
            warmup.close();
        }
    }

    private void configure() {
        proxy.topology().addPort(1, 0, 1, DESCRIPTORS, MTU, "p", "net_pcap_warmup,infinite_rx=1,rx_pcap=" + capture);
        InterfaceSpec spec = new InterfaceSpec();
        for (int router = 0; router <= Traffic.VLANS; router++) {
            proxy.topology().addRouter(2, router, router + 1, 1, 1, "r");
            proxy.topology()
                    .addInterface(
                            3,
                            spec.id(router, router)
                                    .mac(Traffic.ROUTER_MAC)
                                    .mtuBytes(MTU)
                                    .name("i")
                                    .access(0, router));
            proxy.tables().addNeighbour(4, router, AddressFamily.IPV4, 0, GATEWAY, Traffic.HOST_MAC);
            conduct();
        }
        for (int n = 0; n < ROUTES; n++) {
            addRoutes(n);
            conduct();
        }
    }

    /** A route of each family to where some frames go; lengths differ, so that the tables grow every kind of node. */
    private void addRoutes(int n) {
        for (int router = 0; router <= Traffic.VLANS; router++) {
            NextHops via = new NextHops().add(router, 0, GATEWAY, 1);
            int length4 = SHORTEST_IPV4 + n % (Integer.SIZE - SHORTEST_IPV4);
            long prefix4 = Traffic.ipv4(n) & -1 << (Integer.SIZE - length4);
            proxy.tables().addRoute(5, router, AddressFamily.IPV4, 0, prefix4, length4, RouteKind.UNICAST, via);
            proxy.tables().addRoute(6, router, AddressFamily.IPV4, 0, 10L << 24, 8, RouteKind.UNICAST, via);
            int length6 = SHORTEST_IPV6 + n % (Long.SIZE - SHORTEST_IPV6);
            long prefix6 = Traffic.ipv6(n) & -1L << (Long.SIZE - length6);
            proxy.tables().addRoute(7, router, AddressFamily.IPV6, prefix6, 0, length6, RouteKind.UNICAST, via);
            proxy.tables().addRoute(8, router, AddressFamily.IPV6, Traffic.ipv6(0), 0, 32, RouteKind.UNICAST, via);
        }
    }

    private void conduct() {
        int idle = 0;
        while (idle < 2) {
            idle = conductor.doWork() > 0 ? 0 : idle + 1;
        }
    }

    private void forward(long durationNs) {
        worker.onStart();
        work(durationNs);
        addClasses();
        shape(FAST_PORT);
        work(durationNs / CLASSES_SHARE);
        shape(SLOW_PORT);
        work(durationNs / CLASSES_SHARE);
        worker.onClose();
    }

    private void addClasses() {
        for (int router = 0; router <= Traffic.VLANS; router++) {
            ClassSpec spec = new ClassSpec().realTime(CLASS_RATE, 0, CLASS_RATE).linkShare(CLASS_RATE, 0, CLASS_RATE);
            proxy.classes().addClass(9, 1 + router, 0, 0, router, spec, "c");
        }
    }

    private void shape(long rate) {
        tables.quiescent().offline(0); // so that the conductor, which is this thread too, need not wait for the worker
        proxy.classes().setPortRate(10, 0, rate, ClassProxy.ETHERNET_OVERHEAD_BYTES);
        conduct();
    }

    private void work(long durationNs) {
        long startNs = System.nanoTime();
        while (System.nanoTime() - startNs < durationNs) {
            for (int round = 0; round < ROUNDS_BETWEEN_LOOKS_AT_THE_CLOCK; round++) {
                worker.doWork();
            }
        }
    }

    private void close() throws IOException {
        conductor.onClose();
        tables.ipv4().close();
        tables.ipv6().close();
        memory.close();
        Files.deleteIfExists(memory.path());
        Files.deleteIfExists(capture);
    }
}

package io.vireo.dataplane;

import io.vireo.dataplane.forwarding.ForwardingLimits;
import io.vireo.dataplane.path.schedule.SchedulingLimits;
import io.vireo.dataplane.wire.layout.SharedLayout;
import io.vireo.dataplane.wire.layout.SharedLimits;
import io.vireo.dpdk.EalContext;
import io.vireo.dpdk.Mbuf;
import io.vireo.dpdk.MempoolConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * All settings of a data plane, concluded once from system properties and arguments, then immutable.
 *
 * @param directory of the node: shared memory, lock, process id.
 * @param workers forwarding threads.
 * @param workerCores one core per worker, or empty: not pinned.
 * @param conductorCore -1: not pinned.
 * @param workerIdle what workers do while there is nothing to do.
 * @param conductorIdle what the conductor does then: as the workers, unless {@code vireo.conductor.idle} says otherwise. On a
 *     machine with few cores workers may spin while the conductor leaves its core to others.
 * @param wantsRealTimeWorkers whether workers run before all ordinary threads, where {@link RealTimeRule} has nothing against it.
 * @param memoryMegabytes of the EAL.
 * @param useHugepages whether that memory is hugepages.
 * @param useTransparentHugepages whether packets lie in memory of our own, see {@link PacketMemory}: unless set otherwise, when
 *     there are neither reserved hugepages nor NICs.
 * @param usePci whether NICs can be plugged.
 * @param mbufs packet buffers.
 * @param mbufBytes of each, with 128 bytes of headroom.
 * @param warmUpNs how long the path is warmed up before the first port, see {@link io.vireo.dataplane.warmup}.
 * @param limits of tables.
 * @param maxClasses classes of all ports.
 * @param scheduling limits of each port's scheduler.
 * @param description one line per setting, for the log.
 */
public record Context(
        Path directory,
        int workers,
        List<Integer> workerCores,
        int conductorCore,
        IdleChoice workerIdle,
        IdleChoice conductorIdle,
        boolean wantsRealTimeWorkers,
        int memoryMegabytes,
        boolean useHugepages,
        boolean useTransparentHugepages,
        boolean usePci,
        int mbufs,
        int mbufBytes,
        long warmUpNs,
        ForwardingLimits limits,
        int maxClasses,
        SchedulingLimits scheduling,
        String description) {

    private static final Path ROOT = Path.of("/dev/shm/vireo");
    private static final int MAX_ROUTERS = 1 << 17;
    private static final int MAX_INTERFACES = 1 << 20;
    private static final int MAX_ROUTES = 1 << 26;
    private static final int MAX_ADJACENCIES = 1 << 24;
    private static final int MAX_GROUPS = 1 << 20;
    private static final int MAX_MBUFS = 1 << 24;
    private static final int MAX_CLASSES = 1 << 20;
    private static final int MAX_PORT_CLASSES = 1 << 22;
    private static final int MAX_FILTER_LONGS = 1 << 26;
    private static final int MAX_MBUF_BYTES = 65_535;
    private static final int MAX_MEMORY_MEGABYTES = 1 << 20;
    private static final int MAX_WARM_UP_MS = 60_000;

    /** Ethernet header with a tag: what a packet buffer holds beside the IP packet. */
    private static final int FRAME_OVERHEAD_BYTES = 18;

    /** Settles every setting, or says which one is wrong. */
    static Context conclude(String[] arguments, Map<Object, Object> systemProperties) {
        Settings settings = new Settings(arguments, systemProperties);
        String node = settings.text("vireo.node", "default");
        Path directory =
                Path.of(settings.text("vireo.node.dir", ROOT.resolve(node).toString()));
        int workers = settings.number("vireo.workers", 1, 1, SharedLayout.MAX_WORKERS);
        List<Integer> workerCores = settings.numbers("vireo.worker.cores");
        if (!workerCores.isEmpty() && workerCores.size() != workers) {
            throw new StartException("vireo.worker.cores names " + workerCores.size() + " cores for " + workers
                    + " workers: name one each");
        }
        int conductorCore = settings.number("vireo.conductor.core", -1, -1, Integer.MAX_VALUE);
        String idle = settings.text("vireo.idle", "adaptive");
        IdleChoice workerIdle = IdleChoice.of("vireo.idle", idle);
        IdleChoice conductorIdle = IdleChoice.of("vireo.conductor.idle", settings.text("vireo.conductor.idle", idle));
        boolean wantsRealTimeWorkers = settings.truth("vireo.worker.realtime", false);
        int memoryMegabytes = settings.number("vireo.memory.mb", 256, 16, MAX_MEMORY_MEGABYTES);
        boolean useHugepages = settings.truth("vireo.hugepages", false);
        boolean usePci = settings.truth("vireo.pci", false);
        boolean useTransparentHugepages =
                settings.truth("vireo.transparent.hugepages", true) && !useHugepages && !usePci;
        int mbufs = settings.number("vireo.mbufs", 16_384, 512, MAX_MBUFS);
        int mbufBytes = settings.number("vireo.mbuf.bytes", 2_176, 1_024, MAX_MBUF_BYTES);
        int warmUpMs = settings.number("vireo.warmup.ms", 250, 0, MAX_WARM_UP_MS);
        ForwardingLimits limits = limits(settings, workers);
        int maxClasses = settings.number("vireo.max.classes", 131_072, 2, MAX_CLASSES);
        SchedulingLimits scheduling = scheduling(settings, mbufs);
        settings.requireAllKnown();
        return new Context(
                directory,
                workers,
                workerCores,
                conductorCore,
                workerIdle,
                conductorIdle,
                wantsRealTimeWorkers,
                memoryMegabytes,
                useHugepages,
                useTransparentHugepages,
                usePci,
                mbufs,
                mbufBytes,
                TimeUnit.MILLISECONDS.toNanos(warmUpMs),
                limits,
                maxClasses,
                scheduling,
                settings.toString());
    }

    /** A quarter of the buffers per port: queues must leave some to receive with. */
    private static SchedulingLimits scheduling(Settings settings, int mbufs) {
        return new SchedulingLimits(
                settings.number("vireo.port.classes", 16_384, 8, MAX_PORT_CLASSES),
                settings.number("vireo.port.packets", mbufs / 4, 64, MAX_MBUFS),
                settings.number("vireo.filter.longs", 1 << 19, 1 << 10, MAX_FILTER_LONGS));
    }

    private static ForwardingLimits limits(Settings settings, int workers) {
        return new ForwardingLimits(
                workers,
                settings.number("vireo.max.routers", 16_384, 1, MAX_ROUTERS),
                settings.number("vireo.max.interfaces", 65_536, 1, MAX_INTERFACES),
                settings.number("vireo.max.routes.ipv4", 4_000_000, 1, MAX_ROUTES),
                settings.number("vireo.max.routes.ipv6", 1_000_000, 1, MAX_ROUTES),
                settings.number("vireo.max.adjacencies", 262_144, 64, MAX_ADJACENCIES),
                settings.number("vireo.max.groups", 16_384, 1, MAX_GROUPS));
    }

    Path sharedFile() {
        return directory.resolve("dataplane.shm");
    }

    Path lockFile() {
        return directory.resolve("dataplane.lock");
    }

    Path pidFile() {
        return directory.resolve("dataplane.pid");
    }

    SharedLimits sharedLimits() {
        return SharedLimits.of(workers)
                .withMaxRouters(limits.maxRouters())
                .withMaxInterfaces(limits.maxInterfaces())
                .withMaxClasses(maxClasses);
    }

    EalContext eal() {
        return new EalContext()
                .memoryMegabytes(memoryMegabytes)
                .useHugepages(useHugepages)
                .usePci(usePci);
    }

    MempoolConfig mempool() {
        return new MempoolConfig().mbufs(mbufs).dataRoomBytes(mbufBytes);
    }

    /** Longest IP packet that a packet buffer holds, bytes. */
    int maxFrameMtu() {
        return mbufBytes - Mbuf.HEADROOM_BYTES - FRAME_OVERHEAD_BYTES;
    }
}

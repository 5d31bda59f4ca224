package io.vireo.dataplane.worker;

import io.vireo.dataplane.capture.CaptureTap;
import io.vireo.dataplane.emulation.Emulator;
import io.vireo.dataplane.encapsulation.Encapsulator;
import io.vireo.dataplane.encapsulation.TunnelTap;
import io.vireo.dataplane.encapsulation.keepalive.KeepaliveReceiver;
import io.vireo.dataplane.encapsulation.keepalive.KeepaliveSender;
import io.vireo.dataplane.encapsulation.reassembly.PacketBuffers;
import io.vireo.dataplane.encapsulation.reassembly.Reassembler;
import io.vireo.dataplane.forwarding.ForwardingTables;
import io.vireo.dataplane.path.Burst;
import io.vireo.dataplane.path.EpochClock;
import io.vireo.dataplane.path.LinkQueue;
import io.vireo.dataplane.path.PathLimits;
import io.vireo.dataplane.path.answer.Answers;
import io.vireo.dataplane.path.answer.LabelMtus;
import io.vireo.dataplane.path.arrive.Arrive;
import io.vireo.dataplane.path.arrive.Injector;
import io.vireo.dataplane.path.exception.Discards;
import io.vireo.dataplane.path.exception.ExceptionPath;
import io.vireo.dataplane.path.handover.HandoverIn;
import io.vireo.dataplane.path.handover.HandoverOut;
import io.vireo.dataplane.path.schedule.ClassAgent;
import io.vireo.dataplane.path.schedule.PortQueues;
import io.vireo.dataplane.path.schedule.Schedule;
import io.vireo.dataplane.path.transmit.Transmit;
import io.vireo.dataplane.port.WorkerPortsSlot;
import io.vireo.dataplane.tables.QuiescentState;
import io.vireo.dataplane.wire.counters.StatisticsWriter;
import io.vireo.dataplane.wire.counters.SystemCounter;
import io.vireo.dataplane.wire.frame.CaptureWriter;
import io.vireo.dataplane.wire.frame.InjectReader;
import io.vireo.dataplane.wire.frame.PuntWriter;
import io.vireo.dataplane.wire.memory.Heartbeats;
import io.vireo.dataplane.wire.memory.SharedMemory;
import io.vireo.dpdk.Mempool;
import org.jspecify.annotations.Nullable;

/** Takes all memory a worker needs and joins its parts. Used once per worker, at start. */
final class WorkerParts {
    private static final int PORT_QUEUE_PACKETS = 1024;
    private static final int FREE_BATCH_PACKETS = 256;

    /** The worker that sends keepalives. */
    private static final int FIRST = 0;

    /** One packet buffer in so many may be on the emulated wires of all workers. */
    private static final int HELD_SHARE = 4;

    /** One packet buffer in so many may be of a packet that is put together, of all workers. */
    private static final int REASSEMBLY_SHARE = 16;

    private static final int MAX_REASSEMBLIES = 1024;

    /** Tx frames of a round that neither ports, links nor other workers bring. */
    private static final int EXTRA_FRAMES =
            Worker.INJECT_LIMIT + Answers.EXTRA_FRAMES + Emulator.RELEASE_LIMIT + KeepaliveSender.LIMIT;

    final int id;
    final Burst burst;
    final WorkerPortsSlot portsSlot;
    final HandoverIn handovers;
    final InjectReader injects;
    final @Nullable KeepaliveSender keepalives;
    final Arrive arrive;
    final Pipeline pipeline;
    final Emulator emulator;
    final Reassembler reassembler;
    final Schedule schedule;
    final Transmit transmit;
    final ClassAgent classes;
    final ExceptionPath exceptionPath;
    final CaptureTap tap;
    final Discards discards;
    final QuiescentState quiescent;
    final Heartbeats heartbeats;

    WorkerParts(
            int id,
            SharedMemory memory,
            ForwardingTables tables,
            Mempool pool,
            WorkerPortsSlot portsSlot,
            HandoverRings rings,
            EpochClock clock) {
        this.id = id;
        this.portsSlot = portsSlot;
        StatisticsWriter statistics = memory.statisticsWriter(id);
        quiescent = tables.quiescent();
        heartbeats = memory.heartbeats();
        burst = new Burst(PathLimits.BURST_PACKETS, rings.packetsPerRound(id) + EXTRA_FRAMES);
        tap = new CaptureTap(tables.interfaces(), tables.captures(), new CaptureWriter(memory, id), clock);
        PuntWriter punts = new PuntWriter(memory, id);
        discards = new Discards(statistics, tap, FREE_BATCH_PACKETS);
        LinkQueue links = new LinkQueue(PathLimits.LINK_QUEUE_PACKETS);
        PortQueues queues = new PortQueues(
                id, PORT_QUEUE_PACKETS, burst.txFrames.mbuf.length, tables.scheduling(), memory, discards);
        classes = queues.agent();
        handovers = new HandoverIn(rings.to(id), burst.txFrames);
        Encapsulator encapsulator = tables.encapsulator(new TunnelTap(tables.interfaces(), statistics, tap), pool);
        Injector injector = new Injector(tables.interfaces(), pool, burst.txFrames, statistics, encapsulator);
        injects = new InjectReader(memory, id, new Injections(injector, new Tracer(tables, pool, punts)));
        keepalives = id == FIRST ? keepalives(memory, tables, pool, burst, encapsulator) : null;
        arrive = new Arrive(links, statistics);
        reassembler = reassembler(memory, tables, pool, statistics, discards);
        pipeline = pipeline(id, tables, encapsulator, reassembler, links, new Reception(statistics, tap));
        emulator = emulator(id, memory, tables, pool, statistics, discards);
        schedule = new Schedule(
                id,
                queues.byPort(),
                new HandoverOut(rings.from(id), burst.txFrames.mbuf.length),
                links,
                emulator,
                statistics,
                tap,
                discards);
        transmit = new Transmit(queues.byPort(), statistics, tap, discards);
        exceptionPath = new ExceptionPath(
                answers(tables, encapsulator, links, pool, burst, statistics),
                tables.puntBudgets(),
                punts,
                statistics,
                discards,
                clock);
    }

    private static KeepaliveSender keepalives(
            SharedMemory memory, ForwardingTables tables, Mempool pool, Burst burst, Encapsulator encapsulator) {
        return new KeepaliveSender(
                tables.keepalives(), tables.interfaces(), pool, burst.txFrames, encapsulator, memory.keepaliveWriter());
    }

    private static Emulator emulator(
            int id,
            SharedMemory memory,
            ForwardingTables tables,
            Mempool pool,
            StatisticsWriter statistics,
            Discards discards) {
        int maxHeld = Math.max(1, pool.capacity() / HELD_SHARE / memory.limits().workers());
        int maxInterfaces = memory.limits().maxInterfaces();
        return new Emulator(id, maxInterfaces, maxHeld, tables.emulations(), pool, statistics, discards);
    }

    private static Pipeline pipeline(
            int id,
            ForwardingTables tables,
            Encapsulator encapsulator,
            Reassembler reassembler,
            LinkQueue links,
            Reception reception) {
        return new Pipeline(
                tables,
                encapsulator,
                tables.decapsulator(true),
                reassembler,
                links,
                tables.labelCounts().writer(id),
                reception);
    }

    private static Reassembler reassembler(
            SharedMemory memory,
            ForwardingTables tables,
            Mempool pool,
            StatisticsWriter statistics,
            Discards discards) {
        int share = pool.capacity() / REASSEMBLY_SHARE / memory.limits().workers();
        PacketBuffers buffers = new PacketBuffers(
                pool, statistics, discards, memory.systemCounters().get(SystemCounter.REASSEMBLIES));
        return tables.reassembler(buffers, Math.clamp(share, 1, MAX_REASSEMBLIES));
    }

    private static Answers answers(
            ForwardingTables tables,
            Encapsulator encapsulator,
            LinkQueue links,
            Mempool pool,
            Burst burst,
            StatisticsWriter statistics) {
        return new Answers(
                tables.interfaces(),
                tables.ipv4(),
                tables.ipv6(),
                tables.groups(),
                tables.adjacencies(),
                encapsulator,
                tables.sentPackets(),
                new KeepaliveReceiver(tables.keepalives()),
                new LabelMtus(tables.labels(), tables.groups(), tables.adjacencies()),
                links,
                pool,
                burst,
                statistics);
    }
}

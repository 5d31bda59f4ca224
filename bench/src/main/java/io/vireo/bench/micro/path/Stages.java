package io.vireo.bench.micro.path;

import io.vireo.bench.micro.Expect;
import io.vireo.dataplane.capture.CaptureTap;
import io.vireo.dataplane.emulation.Emulator;
import io.vireo.dataplane.encapsulation.keepalive.KeepaliveReceiver;
import io.vireo.dataplane.path.Burst;
import io.vireo.dataplane.path.LinkQueue;
import io.vireo.dataplane.path.PathLimits;
import io.vireo.dataplane.path.TxFrames;
import io.vireo.dataplane.path.answer.Answers;
import io.vireo.dataplane.path.answer.LabelMtus;
import io.vireo.dataplane.path.arrive.Arrive;
import io.vireo.dataplane.path.check.Check;
import io.vireo.dataplane.path.classify.Classify;
import io.vireo.dataplane.path.exception.Discards;
import io.vireo.dataplane.path.exception.ExceptionPath;
import io.vireo.dataplane.path.forward.Forward;
import io.vireo.dataplane.path.handover.HandoverIn;
import io.vireo.dataplane.path.handover.HandoverOut;
import io.vireo.dataplane.path.modify.Modify;
import io.vireo.dataplane.path.schedule.PortQueue;
import io.vireo.dataplane.path.schedule.PortQueues;
import io.vireo.dataplane.path.schedule.Schedule;
import io.vireo.dataplane.path.transmit.Transmit;
import io.vireo.dataplane.wire.counters.StatisticsWriter;
import io.vireo.dataplane.wire.frame.CaptureWriter;
import io.vireo.dataplane.wire.frame.PuntWriter;
import io.vireo.dataplane.worker.HandoverRings;
import io.vireo.dataplane.worker.Pipeline;

/** The stages of worker 0 over a rig's tables, as the worker joins them, but called one by one. Single thread. */
final class Stages {
    /** Packets of a burst: as many as a worker takes from a queue at once. */
    static final int BURST = 64;

    private static final int WORKERS = 2;
    private static final int SELF = 0;
    private static final int OTHER = 1;
    private static final int READY_PACKETS = 1024;
    private static final int FREE_BATCH_PACKETS = 256;
    static final int HELD_PACKETS = 4096;

    final StatisticsWriter statistics;
    final Pipeline pipeline;
    final Arrive arrive;
    final Check check;
    final Classify classify;
    final Forward forward;
    final Modify modify;
    final Emulator emulator;
    final Schedule schedule;
    final Transmit transmit;
    final ExceptionPath exceptionPath;
    final Discards discards;
    final PortQueue[] queues;
    final TxFrames handedOver = new TxFrames(HandoverIn.MESSAGE_LIMIT * BURST);
    final HandoverIn handoverIn;

    Stages(PathRig rig) {
        statistics = rig.memory.statisticsWriter(SELF);
        CaptureTap tap = new CaptureTap(
                rig.tables.interfaces(), rig.tables.captures(), new CaptureWriter(rig.memory, SELF), rig.clock);
        discards = new Discards(statistics, tap, FREE_BATCH_PACKETS);
        LinkQueue links = new LinkQueue(PathLimits.LINK_QUEUE_PACKETS);
        queues = new PortQueues(SELF, READY_PACKETS, BURST, rig.tables.scheduling(), rig.memory, discards).byPort();
        HandoverRings rings = new HandoverRings(WORKERS);
        handoverIn = new HandoverIn(rings.to(OTHER), handedOver);
        arrive = new Arrive(links, statistics);
        pipeline = new Pipeline(
                rig.tables,
                rig.tables.encapsulator(null),
                rig.tables.decapsulator(true),
                rig.tables.reassembler(null, 1),
                links,
                rig.tables.labelCounts().writer(SELF),
                (stage, burst) -> {}); // nothing between the stages
        check = pipeline.check();
        classify = pipeline.classify();
        forward = pipeline.forward();
        modify = pipeline.modify();
        emulator = new Emulator(
                SELF,
                rig.memory.limits().maxInterfaces(),
                HELD_PACKETS,
                rig.tables.emulations(),
                rig.pool,
                statistics,
                discards);
        HandoverOut handoverOut = new HandoverOut(rings.from(SELF), BURST);
        schedule = new Schedule(SELF, queues, handoverOut, links, emulator, statistics, tap, discards);
        transmit = new Transmit(queues, statistics, tap, discards);
        exceptionPath = new ExceptionPath(
                answers(rig, statistics),
                rig.tables.puntBudgets(),
                new PuntWriter(rig.memory, SELF),
                statistics,
                discards,
                rig.clock);
    }

    /** Not asked: only drops come here. */
    private static Answers answers(PathRig rig, StatisticsWriter statistics) {
        return new Answers(
                rig.tables.interfaces(),
                rig.tables.ipv4(),
                rig.tables.ipv6(),
                rig.tables.groups(),
                rig.tables.adjacencies(),
                rig.tables.encapsulator(null),
                rig.tables.sentPackets(),
                new KeepaliveReceiver(rig.tables.keepalives()),
                new LabelMtus(rig.tables.labels(), rig.tables.groups(), rig.tables.adjacencies()),
                new LinkQueue(BURST),
                rig.pool,
                new Burst(BURST, 0),
                statistics);
    }

    /**
     * Takes a burst of frames from their arrival to where they would be scheduled.
     *
     * @throws IllegalStateException when one of them is not to be forwarded
     */
    void forward(Burst burst) {
        Arrive.describe(burst, 0);
        forget(burst);
        burst.txFrames.count = 0;
        pipeline.decide(burst);
        Expect.count("packets excepted by check, classify or modify", 0, burst.exceptedCount);
        Expect.count("frames to send", burst.size, burst.txFrames.count);
    }

    /** As {@link #forward}, but leaves the frames as they arrived. */
    void lookUp(Burst burst) {
        Arrive.describe(burst, 0);
        check.process(burst);
        forget(burst);
        classify.process(burst);
        forward.process(burst);
        Expect.count("packets to look up", burst.size, burst.ipv4.count + burst.ipv6.count);
    }

    /** What classify leaves is gone again: it can be called once more. */
    static void forget(Burst burst) {
        burst.exceptedCount = 0;
        burst.ipv4.count = 0;
        burst.ipv6.count = 0;
    }
}

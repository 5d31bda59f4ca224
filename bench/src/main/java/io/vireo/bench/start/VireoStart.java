package io.vireo.bench.start;

import io.vireo.bench.forward.LaunchedVireo;
import io.vireo.bench.forward.PacketCounts;
import io.vireo.bench.forward.Sample;
import io.vireo.bench.forward.VireoContender;
import io.vireo.bench.forward.VireoForwarder;
import java.io.IOException;
import java.nio.file.Files;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Starts Vireo's data plane process, configures it as control would, and watches what comes of it. */
final class VireoStart {
    /** After the last interface was opened: what the worker had taken before it knew of it is dropped by then. */
    private static final long SETTLE_NS = TimeUnit.MILLISECONDS.toNanos(20);

    private final VireoContender contender;
    private final ObservationWindow window;
    private final Map<Milestone, Long> reachedNs = new EnumMap<>(Milestone.class);

    private VireoStart(VireoContender contender, ObservationWindow window) {
        this.contender = contender;
        this.window = window;
    }

    /**
     * Starts it once.
     *
     * @throws io.vireo.bench.report.NotMeasuredException when a packet was lost once it was configured, or was misrouted
     * @throws UnsteadyException when its rate did not settle
     */
    static Start run(VireoContender contender, ObservationWindow window) throws IOException, InterruptedException {
        return new VireoStart(contender, window).run();
    }

    private Start run() throws IOException, InterruptedException {
        List<String> devices = contender.dropping(); // writes their files: no part of a start
        try (CounterPoller poller = CounterPoller.on(contender.cpus().conductor())) {
            LaunchedVireo launched = contender.launch();
            try (VireoForwarder forwarder = contender.awaitReady(launched)) {
                long readyNs = System.nanoTime() - launched.execNs();
                poller.begin(forwarder::sentPackets, launched.execNs());
                configure(forwarder, devices, launched.execNs());
                requireForwarding(forwarder);
                RateCurve curve = poller.stop();
                reachedNs.putAll(StartLog.milestones(Files.readAllLines(launched.log()), readyNs));
                return concluded(curve);
            }
        }
    }

    private void configure(VireoForwarder forwarder, List<String> devices, long execNs) throws IOException {
        forwarder.plug(devices);
        reachedNs.put(Milestone.ATTACHED, System.nanoTime() - execNs);
        forwarder.configure();
        reachedNs.put(Milestone.CONFIGURED, System.nanoTime() - execNs);
    }

    private void requireForwarding(VireoForwarder forwarder) throws IOException, InterruptedException {
        TimeUnit.NANOSECONDS.sleep(SETTLE_NS);
        List<PacketCounts> before = forwarder.counts();
        TimeUnit.NANOSECONDS.sleep(window.forwardingNs());
        Sample.between(before, forwarder.counts());
        forwarder.verify();
    }

    private Start concluded(RateCurve curve) {
        double steady = curve.steadyPacketsPerSecond(window.steadyNs());
        reachedNs.put(Milestone.FIRST_PACKET, curve.firstPacketNs());
        reachedNs.put(Milestone.STEADY, curve.reachedNs(steady));
        return new Start(reachedNs, curve, steady);
    }
}

package io.vireo.bench.start;

import io.vireo.bench.forward.Contender;
import io.vireo.bench.forward.Forwarder;
import io.vireo.bench.forward.PacketCounts;
import io.vireo.bench.forward.Sample;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Starts one of DPDK's programs. It forwards before its telemetry first answers, so its start is estimated from the first
 * answer and its steady rate: its first packet was a little earlier, its steady rate reached a little later.
 */
final class PeerStart {
    private static final long PERIOD_MS = 10;

    /** Readings that are looked at for losses. */
    private static final int AT_EACH_END = 15;

    private PeerStart() {}

    /**
     * Starts it once.
     *
     * @throws io.vireo.bench.report.NotMeasuredException when packets were lost
     * @throws UnsteadyException when its rate did not settle
     */
    static Start run(Contender contender, ObservationWindow window) throws IOException, InterruptedException {
        long execNs = System.nanoTime();
        List<PacketCounts> readings = new ArrayList<>();
        try (Forwarder forwarder = contender.start()) {
            do {
                readings.add(forwarder.counts().getFirst());
                TimeUnit.MILLISECONDS.sleep(PERIOD_MS);
            } while (readings.getLast().timeNs() - readings.getFirst().timeNs() < window.forwardingNs());
        }
        Sample.between(
                List.of(undivided(readings.subList(0, AT_EACH_END))),
                List.of(undivided(readings.subList(readings.size() - AT_EACH_END, readings.size()))));
        RateCurve curve = new RateCurve(
                readings.stream()
                        .mapToLong(reading -> reading.timeNs() - execNs)
                        .toArray(),
                readings.stream().mapToLong(PacketCounts::sentPackets).toArray());
        double steady = curve.steadyPacketsPerSecond(window.steadyNs());
        long startNs = curve.estimatedStartNs(steady);
        return new Start(Map.of(Milestone.FIRST_PACKET, startNs, Milestone.STEADY, startNs), curve, steady);
    }

    /** The program may lose its CPU between counting what it received and what it sent: not in the middle one of these. */
    static PacketCounts undivided(List<PacketCounts> readings) {
        return readings.stream()
                .sorted(Comparator.comparingLong(reading -> reading.receivedPackets() - reading.sentPackets()))
                .skip(readings.size() / 2)
                .findFirst()
                .orElseThrow();
    }
}

package io.vireo.bench.linerate;

import io.vireo.bench.linerate.device.Device;
import io.vireo.bench.linerate.device.WireEnds;
import io.vireo.bench.linerate.search.GoalResult;
import io.vireo.bench.linerate.search.Regularity;
import io.vireo.bench.linerate.traffic.Genome;
import io.vireo.bench.report.Progress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs the tests: every device in turn, and in turn again where rounds are repeated. One thread. */
final class LinerateBench {
    /** RFC 2544 wants latency at the throughput; near the edge it says more about the edge than about the device. */
    private static final double LATENCY_SHARE = 0.9;

    private final LinerateSetup setup;
    private final List<Device> devices;
    private final WireEnds resetWire;
    private final List<Device> resetDevices;
    private final Set<LinerateTest> tests;
    private final Progress progress;

    /**
     * @param devices the devices, on the setup's wire
     * @param resetWire one on which the generator listens
     * @param resetDevices the same devices, on that wire
     */
    LinerateBench(
            LinerateSetup setup,
            List<Device> devices,
            WireEnds resetWire,
            List<Device> resetDevices,
            Set<LinerateTest> tests,
            Progress progress) {
        this.setup = setup;
        this.devices = devices;
        this.resetWire = resetWire;
        this.resetDevices = resetDevices;
        this.tests = tests;
        this.progress = progress;
    }

    /** All tests with frames of one genome. */
    GenomeResult run(Genome genome) throws IOException, InterruptedException {
        List<DeviceResult> results = new ArrayList<>();
        for (Device device : devices) {
            results.add(loadTests(device, genome));
        }
        Map<String, List<LatencyResult>> own = new LinkedHashMap<>();
        Map<String, List<LatencyResult>> same = new LinkedHashMap<>();
        if (tests.contains(LinerateTest.LATENCY)) {
            for (int round = 0; round < setup.effort().latencyRounds(); round++) {
                latencies(genome, results, own, same);
            }
        }
        Map<String, Long> resets = new LinkedHashMap<>();
        if (tests.contains(LinerateTest.RESET)) {
            for (Device device : resetDevices) {
                long silenceNs = ResetTest.run(setup, resetWire, device, genome);
                say(device, genome, "reset: %.0f ms without a frame".formatted(silenceNs / 1e6));
                resets.put(device.name(), silenceNs);
            }
        }
        return new GenomeResult(genome, results, own, same, resets);
    }

    private DeviceResult loadTests(Device device, Genome genome) throws IOException, InterruptedException {
        try (Session session = Session.open(setup, device, genome)) {
            say(
                    device,
                    genome,
                    "generator alone %.2f Mpps, on this wire %.2f Mpps"
                            .formatted(session.loopFramesPerSecond() / 1e6, session.wireFramesPerSecond() / 1e6));
            LoadTests load = new LoadTests(session, setup.effort());
            List<GoalResult> rates = load.searchRates();
            rates.forEach(rate -> say(device, genome, describe(rate)));
            double steady = DeviceResult.steadyFramesPerSecond(device.name(), rates);
            var throughput = load.searchThroughput();
            say(device, genome, "RFC 2544 throughput " + inMillions(throughput.framesPerSecond()));
            DeviceResult result = new DeviceResult(
                    device.name(),
                    session.loopFramesPerSecond(),
                    session.wireFramesPerSecond(),
                    rates,
                    isLimitedByGenerator(session, rates.getFirst()),
                    throughput,
                    tests.contains(LinerateTest.LOSS) ? load.lossCurve() : List.of(),
                    tests.contains(LinerateTest.BACK_TO_BACK) ? load.backToBack(steady) : null,
                    tests.contains(LinerateTest.RECOVERY) ? load.recoveries(steady) : List.of());
            sayMore(device, genome, result);
            return result;
        }
    }

    private static boolean isLimitedByGenerator(Session session, GoalResult ndr) {
        Double upper = ndr.upperFramesPerSecond();
        return upper == null || session.stand().isLimitedByGenerator(upper);
    }

    private void latencies(
            Genome genome,
            List<DeviceResult> results,
            Map<String, List<LatencyResult>> own,
            Map<String, List<LatencyResult>> same)
            throws IOException, InterruptedException {
        double lowest = results.stream()
                .mapToDouble(DeviceResult::steadyFramesPerSecond)
                .min()
                .orElseThrow();
        for (int i = 0; i < devices.size(); i++) {
            Device device = devices.get(i);
            double ownLoad = LATENCY_SHARE * results.get(i).steadyFramesPerSecond();
            try (Session session = Session.open(setup, device, genome)) {
                keep(own, device, genome, latency(session, ownLoad));
                keep(same, device, genome, latency(session, LATENCY_SHARE * lowest));
            }
        }
    }

    private LatencyResult latency(Session session, double load) throws IOException {
        return LatencyTest.run(session.stand(), load, setup.effort().latencyTrialNs());
    }

    private void keep(Map<String, List<LatencyResult>> results, Device device, Genome genome, LatencyResult result) {
        results.computeIfAbsent(device.name(), name -> new ArrayList<>()).add(result);
        say(
                device,
                genome,
                "latency at %.2f Mpps: p50 %.1f us, p99 %.1f us, p99.99 %.1f us, lost %.5f %%; the generator was late by %.1f us at its p99.99"
                        .formatted(
                                result.loadFramesPerSecond() / 1e6,
                                result.microseconds(50),
                                result.microseconds(99),
                                result.microseconds(99.99),
                                100 * result.lossRatio(),
                                result.lateness().getValueAtPercentile(99.99) / 1e3));
    }

    private void sayMore(Device device, Genome genome, DeviceResult result) {
        for (LossPoint point : result.lossCurve()) {
            say(
                    device,
                    genome,
                    "loss at %.2f Mpps: %.3f %%".formatted(point.loadFramesPerSecond() / 1e6, 100 * point.lossRatio()));
        }
        if (result.burst() != null) {
            say(device, genome, "longest bursts without loss: " + result.burst().frames());
        }
        if (!result.recoveriesNs().isEmpty()) {
            say(device, genome, "recovers from overload in ns: " + result.recoveriesNs());
        }
    }

    private static String describe(GoalResult rate) {
        String end = rate.regularity() == Regularity.REGULAR
                ? ""
                : "; irregular: " + rate.regularity().description();
        return rate.goal().name() + " " + inMillions(rate.conditionalFramesPerSecond()) + " after " + rate.trials()
                + " trials" + end;
    }

    private static String inMillions(@Nullable Double framesPerSecond) {
        return framesPerSecond == null ? "none" : "%.2f Mpps".formatted(framesPerSecond / 1e6);
    }

    private void say(Device device, Genome genome, String text) {
        progress.say("%-5s %-8s %s".formatted(genome.name(), device.name(), text));
    }
}

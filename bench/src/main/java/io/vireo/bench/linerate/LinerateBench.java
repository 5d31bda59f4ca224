package io.vireo.bench.linerate;

import io.vireo.bench.linerate.device.Device;
import io.vireo.bench.linerate.device.WireEnds;
import io.vireo.bench.linerate.search.GoalResult;
import io.vireo.bench.linerate.search.Regularity;
import io.vireo.bench.linerate.search.ThroughputSearch;
import io.vireo.bench.linerate.traffic.Genome;
import io.vireo.bench.report.Progress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private final Omissions omissions = new Omissions();

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
                measured(device, genome, "reset", () -> ResetTest.run(setup, resetWire, device, genome))
                        .ifPresent(silenceNs -> {
                            say(device, genome, "reset: %.0f ms without a frame".formatted(silenceNs / 1e6));
                            resets.put(device.name(), silenceNs);
                        });
            }
        }
        return new GenomeResult(genome, results, own, same, resets);
    }

    /** Figures that the generator was too late for: a sentence for each, in order. */
    List<String> omissions() {
        return omissions.sentences();
    }

    private DeviceResult loadTests(Device device, Genome genome) throws IOException, InterruptedException {
        try (Session session = Session.open(setup, device, genome)) {
            Optional<Double> highest =
                    measured(device, genome, "all but reset", () -> session.findHighestLoad(Effort.TRIAL_NS));
            return highest.isPresent()
                    ? loadTests(session, device, genome, highest.get())
                    : DeviceResult.none(device.name(), session.loopFramesPerSecond());
        }
    }

    private DeviceResult loadTests(Session session, Device device, Genome genome, double highest)
            throws IOException, InterruptedException {
        say(
                device,
                genome,
                "generator alone %.2f Mpps, on this wire %.2f Mpps"
                        .formatted(session.loopFramesPerSecond() / 1e6, highest / 1e6));
        LoadTests load = new LoadTests(session.stand().punctual(), highest, setup.effort());
        List<GoalResult> rates = measured(
                        device,
                        genome,
                        "NDR, PDR and what builds on them (also latency at the lowest NDR of all)",
                        load::searchRates)
                .orElse(List.of());
        rates.forEach(rate -> say(device, genome, describe(rate)));
        ThroughputSearch.@Nullable Result throughput = measured(
                        device, genome, "RFC 2544 throughput", load::searchThroughput)
                .orElse(null);
        if (throughput != null) {
            say(device, genome, "RFC 2544 throughput " + inMillions(throughput.framesPerSecond()));
        }
        List<LossPoint> lossCurve = List.of();
        if (tests.contains(LinerateTest.LOSS)) {
            lossCurve = measured(device, genome, "loss", load::lossCurve).orElse(lossCurve);
        }
        BurstResult burst = null;
        List<Long> recoveries = List.of();
        if (!rates.isEmpty()) {
            double steady = DeviceResult.steadyFramesPerSecond(device.name(), rates);
            if (tests.contains(LinerateTest.BACK_TO_BACK)) {
                burst = measured(device, genome, "back-to-back", () -> load.backToBack(steady))
                        .orElse(null);
            }
            if (tests.contains(LinerateTest.RECOVERY)) {
                recoveries = measured(device, genome, "recovery", () -> load.recoveries(steady))
                        .orElse(recoveries);
            }
        }
        DeviceResult result = new DeviceResult(
                device.name(), session.loopFramesPerSecond(), highest, rates, throughput, lossCurve, burst, recoveries);
        sayMore(device, genome, result);
        return result;
    }

    /** What a step measures; empty, and said, when the generator was too late for a figure. */
    private <T> Optional<T> measured(Device device, Genome genome, String figure, Omissions.Step<T> step)
            throws IOException, InterruptedException {
        Optional<T> result = omissions.measure("%s B, %s, %s".formatted(genome.name(), device.name(), figure), step);
        if (result.isEmpty()) {
            say(device, genome, figure + ": NOT MEASURED, the generator was late");
        }
        return result;
    }

    private void latencies(
            Genome genome,
            List<DeviceResult> results,
            Map<String, List<LatencyResult>> own,
            Map<String, List<LatencyResult>> same)
            throws IOException, InterruptedException {
        boolean isLowestKnown = results.stream().allMatch(DeviceResult::hasRates);
        double lowest = results.stream()
                .filter(DeviceResult::hasRates)
                .mapToDouble(DeviceResult::steadyFramesPerSecond)
                .min()
                .orElse(0);
        for (int i = 0; i < devices.size(); i++) {
            if (results.get(i).hasRates()) {
                Device device = devices.get(i);
                double ownLoad = LATENCY_SHARE * results.get(i).steadyFramesPerSecond();
                try (Session session = Session.open(setup, device, genome)) {
                    latency(session, device, genome, "own NDR", ownLoad, own);
                    if (isLowestKnown) {
                        latency(session, device, genome, "the lowest NDR", LATENCY_SHARE * lowest, same);
                    }
                }
            }
        }
    }

    private void latency(
            Session session,
            Device device,
            Genome genome,
            String of,
            double load,
            Map<String, List<LatencyResult>> results)
            throws IOException, InterruptedException {
        measured(
                        device,
                        genome,
                        "latency at 90 % of " + of,
                        () -> LatencyTest.run(
                                session.stand().punctual(), load, setup.effort().latencySumNs()))
                .ifPresent(result -> keep(results, device, genome, result));
    }

    private void keep(Map<String, List<LatencyResult>> results, Device device, Genome genome, LatencyResult result) {
        results.computeIfAbsent(device.name(), name -> new ArrayList<>()).add(result);
        say(
                device,
                genome,
                "latency at %.2f Mpps: p50 %.1f us, p99 %.1f us, p99.99 %.1f us, lost %.5f %%; the generator was late by %.1f us at its worst"
                        .formatted(
                                result.loadFramesPerSecond() / 1e6,
                                result.microseconds(50),
                                result.microseconds(99),
                                result.microseconds(99.99),
                                100 * result.lossRatio(),
                                result.longestLatenessNs() / 1e3));
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

package io.vireo.bench.linerate;

import io.vireo.bench.linerate.device.DeviceUnderTest;
import io.vireo.bench.linerate.device.WireEnds;
import io.vireo.bench.linerate.traffic.Genome;
import io.vireo.bench.report.ProgressLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Runs the tests: the devices interleaved, and again where rounds are repeated or figures are missing. One thread. */
final class LinerateBench {
    /** RFC 2544 wants latency at the throughput; near the edge it says more about the edge than about the device. */
    private static final double LATENCY_SHARE = 0.9;

    private final LinerateSetup setup;
    private final List<DeviceUnderTest> devices;
    private final WireEnds resetWire;
    private final List<DeviceUnderTest> resetDevices;
    private final Set<LinerateTest> tests;
    private final ProgressLog progress;
    private final List<String> omissions = new ArrayList<>();

    /**
     * @param devices the devices, on the setup's wire
     * @param resetWire one on which the generator listens
     * @param resetDevices the same devices, on that wire
     */
    LinerateBench(
            LinerateSetup setup,
            List<DeviceUnderTest> devices,
            WireEnds resetWire,
            List<DeviceUnderTest> resetDevices,
            Set<LinerateTest> tests,
            ProgressLog progress) {
        this.setup = setup;
        this.devices = devices;
        this.resetWire = resetWire;
        this.resetDevices = resetDevices;
        this.tests = tests;
        this.progress = progress;
    }

    /** All tests with frames of one genome. */
    GenomeResult run(Genome genome) throws IOException, InterruptedException {
        List<LoadIteration> loads = devices.stream()
                .map(device -> new LoadIteration(setup, device, genome, tests, progress))
                .toList();
        TestIteration.runAll(loads, setup.parameters().maxAttempts());
        rerunGeneratorLimited(loads);
        keepOmissions(loads);
        List<DeviceResult> results = loads.stream().map(LoadIteration::result).toList();
        Map<String, List<LatencyResult>> own = new LinkedHashMap<>();
        Map<String, List<LatencyResult>> same = new LinkedHashMap<>();
        if (tests.contains(LinerateTest.LATENCY)) {
            List<LatencyIteration> late = new ArrayList<>();
            for (int round = 0; round < setup.parameters().latencyRounds(); round++) {
                late.addAll(TestIteration.runAll(latencyIterations(genome, results, own, same), 1));
            }
            run(late); // what made the generator late in one round may be over after the others
        }
        Map<String, Long> resetsNs = new LinkedHashMap<>();
        if (tests.contains(LinerateTest.RESET)) {
            run(resetDevices.stream()
                    .map(device -> new ResetIteration(setup, resetWire, device, genome, resetsNs, progress))
                    .toList());
        }
        return new GenomeResult(genome, results, own, same, resetsNs);
    }

    /** Figures that could not be measured: a sentence for each, in order. */
    List<String> omissions() {
        return List.copyOf(omissions);
    }

    private void run(List<? extends TestIteration> iterations) throws IOException, InterruptedException {
        TestIteration.runAll(iterations, setup.parameters().maxAttempts());
        keepOmissions(iterations);
    }

    private void keepOmissions(List<? extends TestIteration> iterations) {
        iterations.forEach(iteration -> omissions.addAll(iteration.omissions()));
    }

    /** Those again that the generator held back more than others: else phases of the machine would be compared, not devices. */
    private void rerunGeneratorLimited(List<LoadIteration> iterations) throws IOException, InterruptedException {
        for (int attempt = 1; attempt < setup.parameters().maxAttempts(); attempt++) {
            double highest = iterations.stream()
                    .mapToDouble(iteration -> iteration.result().wireFramesPerSecond())
                    .max()
                    .orElse(0);
            for (LoadIteration iteration : iterations) {
                if (iteration.result().isGeneratorLimited(highest)) {
                    iteration.run();
                }
            }
        }
    }

    private List<LatencyIteration> latencyIterations(
            Genome genome,
            List<DeviceResult> results,
            Map<String, List<LatencyResult>> own,
            Map<String, List<LatencyResult>> same) {
        boolean isLowestKnown = results.stream().allMatch(DeviceResult::hasRates);
        double lowest = results.stream()
                .filter(DeviceResult::hasRates)
                .mapToDouble(DeviceResult::steadyFramesPerSecond)
                .min()
                .orElse(0);
        List<LatencyIteration> iterations = new ArrayList<>();
        for (int i = 0; i < devices.size(); i++) {
            DeviceResult result = results.get(i);
            if (result.hasRates()) {
                List<LatencyIteration.LoadPoint> loads = new ArrayList<>();
                loads.add(load("own NDR", result.steadyFramesPerSecond(), result.device(), own));
                if (isLowestKnown) {
                    loads.add(load("the lowest NDR", lowest, result.device(), same));
                }
                iterations.add(new LatencyIteration(setup, devices.get(i), genome, loads, progress));
            }
        }
        return iterations;
    }

    private static LatencyIteration.LoadPoint load(
            String of, double ndrFramesPerSecond, String device, Map<String, List<LatencyResult>> results) {
        return new LatencyIteration.LoadPoint(
                of, LATENCY_SHARE * ndrFramesPerSecond, results.computeIfAbsent(device, name -> new ArrayList<>()));
    }
}

package io.vireo.bench.linerate;

import io.vireo.bench.linerate.device.DeviceUnderTest;
import io.vireo.bench.linerate.search.GoalResult;
import io.vireo.bench.linerate.search.Regularity;
import io.vireo.bench.linerate.search.ThroughputSearch;
import io.vireo.bench.linerate.traffic.Genome;
import io.vireo.bench.report.ProgressLog;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All tests but latency and reset, in one session. They build on each other, so all are made anew when figures are missing, or the
 * generator was slow. The attempt with the most figures counts, whatever they are; of those the generator limited, the one in which it
 * offered most. One thread.
 */
final class LoadIteration implements TestIteration {
    private final LinerateSetup setup;
    private final DeviceUnderTest device;
    private final Genome genome;
    private final Set<LinerateTest> tests;
    private final ProgressLog progress;
    private @Nullable DeviceResult result;
    private int measured;
    private List<String> omissions = List.of();

    LoadIteration(
            LinerateSetup setup, DeviceUnderTest device, Genome genome, Set<LinerateTest> tests, ProgressLog progress) {
        this.setup = setup;
        this.device = device;
        this.genome = genome;
        this.tests = tests;
        this.progress = progress;
    }

    @Override
    public boolean run() throws IOException, InterruptedException {
        Attempt attempt = new Attempt(progress, genome.name(), device.name());
        DeviceResult latest = measure(attempt);
        if (result == null || attempt.measured() > measured || isSameAtHigherLoad(attempt, latest, result)) {
            result = latest;
            measured = attempt.measured();
            omissions = attempt.omissions();
        }
        return omissions.isEmpty();
    }

    /** More was offered, whatever came of it. */
    private boolean isSameAtHigherLoad(Attempt attempt, DeviceResult latest, DeviceResult former) {
        return attempt.measured() == measured
                && former.isNdrGeneratorLimited()
                && latest.wireFramesPerSecond() > former.wireFramesPerSecond();
    }

    @Override
    public List<String> omissions() {
        return omissions;
    }

    /** What was measured; the iteration must have run. */
    DeviceResult result() {
        if (result == null) {
            throw new IllegalStateException("the iteration of " + device.name() + " did not run");
        }
        return result;
    }

    private DeviceResult measure(Attempt attempt) throws IOException, InterruptedException {
        try (Session session = Session.open(setup, device, genome)) {
            Optional<Double> highest =
                    attempt.measure("all but reset", () -> session.findHighestLoad(TestParameters.TRIAL_NS));
            return highest.isPresent()
                    ? measure(attempt, session, highest.get())
                    : DeviceResult.none(device.name(), session.loopFramesPerSecond());
        }
    }

    private DeviceResult measure(Attempt attempt, Session session, double highest)
            throws IOException, InterruptedException {
        attempt.say("generator loopback %.2f Mpps, on this wire %.2f Mpps"
                .formatted(session.loopFramesPerSecond() / 1e6, highest / 1e6));
        LoadTests load = new LoadTests(session.testbed().punctual(), highest, setup.parameters());
        List<GoalResult> rates = attempt.measure(
                        "NDR, PDR and what builds on them (also latency at the lowest NDR of all)", load::searchRates)
                .orElse(List.of());
        rates.forEach(rate -> attempt.say(describe(rate)));
        ThroughputSearch.@Nullable Result throughput =
                attempt.measure("RFC 2544 throughput", load::searchThroughput).orElse(null);
        if (throughput != null) {
            attempt.say("RFC 2544 throughput " + inMillions(throughput.framesPerSecond()));
        }
        List<LossPoint> lossCurve = List.of();
        if (tests.contains(LinerateTest.LOSS)) {
            lossCurve = attempt.measure("loss", load::lossCurve).orElse(lossCurve);
        }
        BurstResult burst = null;
        List<Long> recoveries = List.of();
        if (!rates.isEmpty()) {
            double steady = DeviceResult.steadyFramesPerSecond(device.name(), rates);
            if (tests.contains(LinerateTest.BACK_TO_BACK)) {
                burst = attempt.measure("back-to-back", () -> load.backToBack(steady))
                        .orElse(null);
            }
            if (tests.contains(LinerateTest.RECOVERY)) {
                recoveries = attempt.measure("recovery", () -> load.recoveries(steady))
                        .orElse(recoveries);
            }
        }
        DeviceResult complete = new DeviceResult(
                device.name(), session.loopFramesPerSecond(), highest, rates, throughput, lossCurve, burst, recoveries);
        sayMore(attempt, complete);
        return complete;
    }

    private static void sayMore(Attempt attempt, DeviceResult result) {
        for (LossPoint point : result.lossCurve()) {
            attempt.say(
                    "loss at %.2f Mpps: %.3f %%".formatted(point.loadFramesPerSecond() / 1e6, 100 * point.lossRatio()));
        }
        if (result.burst() != null) {
            attempt.say("longest bursts without loss: " + result.burst().frames());
        }
        if (!result.recoveriesNs().isEmpty()) {
            attempt.say("recovers from overload in ns: " + result.recoveriesNs());
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
}

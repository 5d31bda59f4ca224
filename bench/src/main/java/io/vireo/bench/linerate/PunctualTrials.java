package io.vireo.bench.linerate;

import io.vireo.bench.linerate.search.Measurer;
import io.vireo.bench.linerate.search.Trial;
import io.vireo.bench.linerate.traffic.Phase;
import io.vireo.bench.linerate.traffic.TrialReport;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Believes only trials in which the generator kept to its schedule, and repeats the others a few times: while it was away
 * frames waited to be sent and arrivals waited to be seen, so what such a trial lost or delayed may be no fault of the device.
 * A generator that left frames unsent at a trial's end was too late in it, so a trial that counts has none. One thread.
 */
final class PunctualTrials implements Measurer {
    /** Trials of one kind that may be late, one after another, before there is no figure. */
    static final int ATTEMPTS = 5;

    /** So late the generator may be in any trial: at 10 Mpps the wire's ring of 1024 frames still holds what waits. */
    private static final long ALWAYS_ALLOWED_NS = TimeUnit.MICROSECONDS.toNanos(100);

    /** So late it may be in no trial: it leaves frames unsent then, and its share of the latencies is the larger one. */
    private static final long NEVER_ALLOWED_NS = TimeUnit.MILLISECONDS.toNanos(1);

    /** Between the two, half a percent of the trial: by so much the load may be less than intended. */
    private static final long TRIAL_SHARE = 200;

    /** Looking for the highest load, each late trial lowers the load by so much, and so often. */
    private static final double LOAD_STEP = 0.95;

    private static final int MAX_STEPS = 30;

    /** The generator keeps a fifth in reserve: it catches up then, and what it can do varies by that much within seconds. */
    private static final double LOAD_SHARE = 0.8;

    /** Before a repetition, times the attempts so far: who wants the generator's CPU gets it between trials then. */
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Runner runner;
    private final Pause pause;
    private final TrialTally tally;

    /** Makes a trial, punctual or not. */
    @FunctionalInterface
    interface Runner {
        TrialReport run(List<Phase> phases) throws IOException;
    }

    /** Waits. */
    @FunctionalInterface
    interface Pause {
        void waitFor(long timeNs) throws InterruptedException;
    }

    /**
     * @param runner makes the trials
     * @param pause waits between them
     * @param tally counts them
     */
    PunctualTrials(Runner runner, Pause pause, TrialTally tally) {
        this.runner = runner;
        this.pause = pause;
        this.tally = tally;
    }

    /** How late the generator may be in a trial that takes so long, nanoseconds. */
    static long boundNs(long durationNs) {
        return Math.clamp(durationNs / TRIAL_SHARE, ALWAYS_ALLOWED_NS, NEVER_ALLOWED_NS);
    }

    @Override
    public Trial measure(double loadFramesPerSecond, long durationNs) throws IOException, InterruptedException {
        TrialReport report = run(List.of(Phase.of(loadFramesPerSecond, durationNs)));
        return new Trial(
                loadFramesPerSecond, durationNs, Math.max(durationNs, report.effectiveNs()), report.lossRatio());
    }

    /**
     * Makes a trial, again if need be.
     *
     * @throws LateGeneratorException when the generator was late every time
     */
    TrialReport run(List<Phase> phases) throws IOException, InterruptedException {
        long boundNs = boundNs(phases);
        long minLatenessNs = Long.MAX_VALUE;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (attempt > 0) {
                pause.waitFor(attempt * PAUSE_NS);
            }
            TrialReport report = runner.run(phases);
            if (report.maxLatenessNs() <= boundNs) {
                tally.addPunctual();
                return report;
            }
            tally.addLate();
            minLatenessNs = Math.min(minLatenessNs, report.maxLatenessNs());
        }
        throw new LateGeneratorException(ATTEMPTS, minLatenessNs, boundNs);
    }

    /**
     * The highest load that the generator really offers, with something in reserve.
     *
     * @param fromFramesPerSecond where to begin, downwards
     * @param durationNs of each trial, nanoseconds
     * @throws LateGeneratorException when it is late at a quarter of that load too
     */
    double highestLoad(double fromFramesPerSecond, long durationNs) throws IOException, InterruptedException {
        double load = fromFramesPerSecond;
        long minLatenessNs = Long.MAX_VALUE;
        for (int step = 0; step < MAX_STEPS; step++) {
            long latenessNs = runner.run(List.of(Phase.of(load, durationNs))).maxLatenessNs();
            if (latenessNs <= boundNs(durationNs)) {
                return LOAD_SHARE * load;
            }
            minLatenessNs = Math.min(minLatenessNs, latenessNs);
            load *= LOAD_STEP;
            pause.waitFor(PAUSE_NS);
        }
        throw new LateGeneratorException(MAX_STEPS, minLatenessNs, boundNs(durationNs));
    }

    private static long boundNs(List<Phase> phases) {
        return boundNs(phases.stream().mapToLong(Phase::durationNs).sum());
    }
}

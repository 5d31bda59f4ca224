package io.vireo.bench.linerate.traffic;

import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * A generator with a clock of its own, before a device that forwards so much and holds a ring of frames. Once in each trial it
 * is away for a while; then it catches up as fast as it can, and the ring overflows: the loss is the generator's fault.
 */
public final class SimulatedGenerator {
    /** The most it sends is a burst in each round: 1.6 Mpps. */
    public static final double MAX_FRAMES_PER_SECOND = 1.6e6;

    private static final long ROUND_NS = 20_000;
    private static final int BURST = 32;
    private static final long RING_FRAMES = 1024;
    private static final long GRACE_NS = 1_000_000;

    /** How long the generator is away. */
    @FunctionalInterface
    public interface Stalls {
        /** By the trial's number, from 0, and the time of its start; nanoseconds. */
        long lengthNs(int trial, long nowNs);
    }

    private final double capacityFramesPerSecond;
    private final Stalls stalls;
    private int trials;
    private long nowNs;

    /**
     * @param capacityFramesPerSecond what the device forwards
     * @param stalls how long the generator is away in the middle of each trial
     */
    public SimulatedGenerator(double capacityFramesPerSecond, Stalls stalls) {
        this.capacityFramesPerSecond = capacityFramesPerSecond;
        this.stalls = stalls;
    }

    /** Trials made so far. */
    public int trials() {
        return trials;
    }

    /** Lets time pass. */
    public void pause(long timeNs) {
        nowNs += timeNs;
    }

    /** Makes a trial of one phase. */
    public TrialReport run(List<Phase> phases) {
        Phase phase = phases.getFirst();
        long startNs = nowNs;
        long middleNs = startNs + phase.durationNs() / 2;
        long endNs = startNs + phase.durationNs() + GRACE_NS;
        long awayNs = stalls.lengthNs(trials++, nowNs);
        Pacer pacer = new Pacer(startNs, phase.framesPerSecond(), phase.frames());
        long maxLatenessNs = 0;
        long sent = 0;
        long refused = 0;
        double held = 0;
        while (sent < phase.frames() && nowNs < endNs) {
            long count = Math.min(BURST, pacer.dueFrames(nowNs) - sent);
            if (count > 0) {
                maxLatenessNs = Math.max(maxLatenessNs, nowNs - pacer.dueNs(sent));
                long taken = Math.min(count, RING_FRAMES - (long) Math.ceil(held));
                refused += count - taken;
                held += taken;
                sent += count;
            }
            long stepNs = ROUND_NS;
            if (nowNs >= middleNs) {
                stepNs += awayNs;
                awayNs = 0;
            }
            nowNs += stepNs;
            held = Math.max(0, held - capacityFramesPerSecond * stepNs / 1e9);
        }
        if (sent < phase.frames()) {
            maxLatenessNs = Math.max(maxLatenessNs, nowNs - pacer.dueNs(sent));
        }
        return report(phase.frames(), sent, refused, nowNs - startNs, maxLatenessNs);
    }

    private static TrialReport report(long intended, long sent, long refused, long effectiveNs, long maxLatenessNs) {
        long received = sent - refused;
        Histogram latency = PackedHistogram.create();
        latency.recordValueWithCount(ROUND_NS, received);
        return new TrialReport(
                intended,
                intended - sent,
                refused,
                received,
                0,
                0,
                0,
                0,
                0,
                0,
                received,
                "",
                received * 64,
                effectiveNs,
                -1,
                0,
                maxLatenessNs,
                0,
                PackedHistogram.pack(latency),
                "");
    }
}

package io.vireo.bench.linerate.search;

import java.util.SplittableRandom;

/**
 * A device whose answer is known: it forwards everything up to its capacity and that much beyond it, and now and then a trial
 * loses a little for reasons of its own.
 */
final class SimulatedDevice implements Measurer {
    private final double capacityFramesPerSecond;
    private final double hiccupsPerSecond;
    private final double hiccupLossRatio;
    private final SplittableRandom random;
    private int trials;
    private long timeNs;

    SimulatedDevice(double capacityFramesPerSecond, double hiccupsPerSecond, double hiccupLossRatio, long seed) {
        this.capacityFramesPerSecond = capacityFramesPerSecond;
        this.hiccupsPerSecond = hiccupsPerSecond;
        this.hiccupLossRatio = hiccupLossRatio;
        this.random = new SplittableRandom(seed);
    }

    static SimulatedDevice steady(double capacityFramesPerSecond) {
        return new SimulatedDevice(capacityFramesPerSecond, 0, 0, 1);
    }

    @Override
    public Trial measure(double load, long durationNs) {
        trials++;
        timeNs += durationNs;
        double loss = load > capacityFramesPerSecond ? 1 - capacityFramesPerSecond / load : 0;
        boolean hiccup = random.nextDouble() < 1 - Math.exp(-hiccupsPerSecond * durationNs / 1e9);
        return new Trial(load, durationNs, durationNs, hiccup ? Math.min(1, loss + hiccupLossRatio) : loss);
    }

    int trials() {
        return trials;
    }

    long timeNs() {
        return timeNs;
    }
}

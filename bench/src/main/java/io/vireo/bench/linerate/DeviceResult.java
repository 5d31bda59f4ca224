package io.vireo.bench.linerate;

import io.vireo.bench.linerate.search.GoalResult;
import io.vireo.bench.linerate.search.Regularity;
import io.vireo.bench.linerate.search.ThroughputSearch;
import io.vireo.bench.report.NotMeasuredException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one device did with frames of one genome, but for its latency.
 *
 * @param device its name
 * @param loopFramesPerSecond what the generator does without a device
 * @param wireFramesPerSecond the highest load that was offered; 0 when the generator was late at all of them
 * @param rates NDR and PDR; empty when they could not be measured
 * @param throughput RFC 2544's; null when it could not be measured
 * @param lossCurve empty when not asked for
 * @param burst null when not asked for
 * @param recoveriesNs empty when not asked for
 */
record DeviceResult(
        String device,
        double loopFramesPerSecond,
        double wireFramesPerSecond,
        List<GoalResult> rates,
        ThroughputSearch.@Nullable Result throughput,
        List<LossPoint> lossCurve,
        @Nullable BurstResult burst,
        List<Long> recoveriesNs) {
    /** What the generator can do varies by a fifth within seconds. */
    private static final double GENERATOR_LIMITED_SHARE = 0.8;

    /** Of a device that nothing could be measured of. */
    static DeviceResult none(String device, double loopFramesPerSecond) {
        return new DeviceResult(device, loopFramesPerSecond, 0, List.of(), null, List.of(), null, List.of());
    }

    boolean hasRates() {
        return !rates.isEmpty();
    }

    @Nullable
    GoalResult ndr() {
        return hasRates() ? rates.getFirst() : null;
    }

    @Nullable
    GoalResult pdr() {
        return hasRates() ? rates.get(1) : null;
    }

    /** Whether even the highest load that the generator could offer met NDR: the device may carry more. */
    boolean isNdrGeneratorLimited() {
        return hasRates() && rates.getFirst().upperFramesPerSecond() == null;
    }

    /**
     * Whether the generator held the device back, and offered another much more: then it was a slow moment of the machine.
     *
     * @param highestFramesPerSecond the most that was offered any device with such frames
     */
    boolean isGeneratorLimited(double highestFramesPerSecond) {
        return isNdrGeneratorLimited() && wireFramesPerSecond < GENERATOR_LIMITED_SHARE * highestFramesPerSecond;
    }

    /** The load on which other tests build: NDR, or what comes near it where every load loses a frame now and then. */
    static double steadyFramesPerSecond(String device, List<GoalResult> rates) {
        for (GoalResult rate : rates) {
            Double lower = rate.lowerFramesPerSecond();
            if (lower != null) {
                return lower;
            }
        }
        throw new NotMeasuredException(
                device + " loses more than the goals allow at every load: " + Regularity.NO_LOWER_BOUND.description());
    }

    double steadyFramesPerSecond() {
        return steadyFramesPerSecond(device, rates);
    }
}

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
 * @param wireFramesPerSecond the highest load that was offered
 * @param rates NDR and PDR
 * @param limitedByGenerator whether the loads that missed NDR missed it because the generator could not offer them
 * @param throughput RFC 2544's
 * @param lossCurve empty when not asked for
 * @param burst null when not asked for
 * @param recoveriesNs empty when not asked for
 */
record DeviceResult(
        String device,
        double loopFramesPerSecond,
        double wireFramesPerSecond,
        List<GoalResult> rates,
        boolean limitedByGenerator,
        ThroughputSearch.Result throughput,
        List<LossPoint> lossCurve,
        @Nullable BurstResult burst,
        List<Long> recoveriesNs) {

    GoalResult ndr() {
        return rates.getFirst();
    }

    GoalResult pdr() {
        return rates.get(1);
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

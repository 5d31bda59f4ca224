package io.vireo.bench.start;

import io.vireo.bench.report.CurvePoint;
import io.vireo.bench.report.Measurement;
import io.vireo.bench.report.Samples;
import io.vireo.bench.report.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The figures of several starts of a workload, beside the peers'. Pure.
 *
 * @param workload its name
 * @param starts of Vireo with that workload
 * @param peers each peer's starts, by its name
 */
record StartFigures(String workload, List<Start> starts, Map<String, List<Start>> peers) {
    /** Where the points of the curve lie, s: closer where it rises. Each is the mean rate of the time since the one before. */
    private static final double[] POINTS_S = {
        0, 0.2, 0.4, 0.6, 0.8, 1, 1.2, 1.4, 1.6, 1.8, 2, 2.5, 3, 3.5, 4, 5, 6,
    };

    /** When what was reached, what rate it came to, and the rate over time. */
    List<Measurement> all() {
        List<Measurement> figures = new ArrayList<>();
        for (Milestone milestone : Milestone.values()) {
            figures.addAll(reached(milestone));
        }
        figures.add(figure("steady rate", Unit.MEGA_PACKETS, start -> start.steadyPacketsPerSecond() / 1e6));
        figures.addAll(curve());
        return figures;
    }

    private List<Measurement> reached(Milestone milestone) {
        ToDoubleFunction<Start> seconds = start -> start.reachedNs().getOrDefault(milestone, 0L) / 1e9;
        Measurement ours = figure(milestone.words(), Unit.SECONDS, seconds);
        if (milestone != Milestone.FIRST_PACKET && milestone != Milestone.STEADY) {
            return List.of(ours);
        }
        List<Measurement> figures = new ArrayList<>();
        peers.forEach((name, theirs) -> figures.add(ours.beside(name, samples(theirs, seconds))));
        return figures.isEmpty() ? List.of(ours) : figures;
    }

    private List<Measurement> curve() {
        List<Measurement> points = new ArrayList<>();
        for (int i = 1; i < POINTS_S.length; i++) {
            double toS = POINTS_S[i];
            long fromNs = Math.round(POINTS_S[i - 1] * 1e9);
            long toNs = Math.round(toS * 1e9);
            if (starts.stream().anyMatch(start -> start.curve().packetsPerSecond(fromNs, toNs) > 0)) {
                points.add(figure(
                                "rate by %.1f s".formatted(toS),
                                Unit.MEGA_PACKETS,
                                start -> start.curve().packetsPerSecond(fromNs, toNs) / 1e6)
                        .at(new CurvePoint("start/" + workload + ": rate", "seconds since exec", toS)));
            }
        }
        return points;
    }

    private Measurement figure(String what, Unit unit, ToDoubleFunction<Start> value) {
        return Measurement.alone("start/" + workload + ": " + what, unit, samples(starts, value));
    }

    private static Samples samples(List<Start> starts, ToDoubleFunction<Start> value) {
        return Samples.of(starts.stream().mapToDouble(value).toArray());
    }
}

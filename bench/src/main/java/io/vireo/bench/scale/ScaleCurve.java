package io.vireo.bench.scale;

import io.vireo.bench.report.CurvePoint;
import io.vireo.bench.report.Measurement;
import io.vireo.bench.report.Samples;
import io.vireo.bench.report.Unit;
import java.util.List;

/**
 * A curve of the report.
 *
 * @param what is done: {@code forwarding}
 * @param axis what grows
 */
record ScaleCurve(String what, Axis axis) {
    private static final double NANOSECONDS_PER_MICROSECOND = 1e3;

    /**
     * The figures of one position: how many in a second, and what one costs.
     *
     * @param rate in millions per second
     * @param rateUnit of that
     * @param costUnit nanoseconds of one
     */
    List<Measurement> figures(int position, Samples rate, Unit rateUnit, Unit costUnit) {
        Samples cost = new Samples(rate.values().stream()
                .map(mega -> NANOSECONDS_PER_MICROSECOND / mega)
                .toList());
        return List.of(figure(position, rate, rateUnit), figure(position, cost, costUnit));
    }

    /** One figure of a position. */
    Measurement figure(int position, Samples samples, Unit unit) {
        return Measurement.alone("scale/" + what + ", " + axis.at(position), unit, samples)
                .at(new CurvePoint(what + " by " + axis.counted(), axis.counted(), position));
    }
}

package io.vireo.control.model.document;

import io.vireo.control.model.TimeSpan;
import io.vireo.dataplane.schedule.policy.ServiceCurve;
import java.math.BigInteger;

/**
 * A time scale at which curves are compared.
 *
 * @param spanNs as {@link io.vireo.dataplane.schedule.policy.CurveAdmission#tightestSpanNs()} has it.
 */
record TimeScale(long spanNs) {
    private static final long LONG_RUN = Long.MAX_VALUE;

    static TimeScale of(long spanNs) {
        return new TimeScale(spanNs);
    }

    /** For the end of a sentence; empty in the long run, which is what everybody expects. */
    String phrase() {
        if (spanNs == LONG_RUN) {
            return "";
        }
        return spanNs == 0 ? " in the first instant" : " over " + new TimeSpan(spanNs);
    }

    /** What a curve gives at this scale on average, in bit/s. */
    long averageRate(ServiceCurve curve) {
        if (spanNs == LONG_RUN) {
            return curve.secondRateBitsPerSecond();
        }
        if (spanNs <= curve.firstSpanNs() || spanNs == 0) {
            return curve.firstRateBitsPerSecond(); // without a first piece both rates are the same
        }
        BigInteger bits = product(curve.firstRateBitsPerSecond(), curve.firstSpanNs())
                .add(product(curve.secondRateBitsPerSecond(), spanNs - curve.firstSpanNs()));
        return bits.divide(BigInteger.valueOf(spanNs)).longValueExact();
    }

    private static BigInteger product(long rateBitsPerSecond, long ns) {
        return BigInteger.valueOf(rateBitsPerSecond).multiply(BigInteger.valueOf(ns));
    }
}

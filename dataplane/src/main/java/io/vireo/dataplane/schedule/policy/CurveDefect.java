package io.vireo.dataplane.schedule.policy;

/** What can be wrong with the numbers of a service curve. Pure, allocation-free, any thread. */
public enum CurveDefect {
    /** The numbers are a service curve. */
    NONE("a service curve"),
    /** m1 is negative, or positive but outside the range of rates. */
    FIRST_RATE("m1 must be 0, or from 8 kb/s to 1.6 Tb/s"),
    /** m2 is outside the range of rates; zero would promise nothing in the long run. */
    SECOND_RATE("m2 must be from 8 kb/s to 1.6 Tb/s"),
    /** d is negative or longer than a minute. */
    SPAN("d must be from 0 to 60 s"),
    /** m1 differs from m2, but there is no d to say for how long. */
    SPAN_MISSING("m1 differs from m2, so d must be given"),
    /** The first piece gives a credit that lasts for weeks at the second rate. */
    BURST("m1 for d is more than twelve days of m2");

    private final String sentence;

    CurveDefect(String sentence) {
        this.sentence = sentence;
    }

    /** What is wrong, for the operator. */
    public String sentence() {
        return sentence;
    }

    /** The first defect of a curve, or {@link #NONE}. */
    public static CurveDefect of(long firstRateBitsPerSecond, long firstSpanNs, long secondRateBitsPerSecond) {
        if (firstRateBitsPerSecond != 0 && !isRate(firstRateBitsPerSecond)) {
            return FIRST_RATE;
        }
        if (!isRate(secondRateBitsPerSecond)) {
            return SECOND_RATE;
        }
        if (firstSpanNs < 0 || firstSpanNs > ServiceCurve.MAX_SPAN_NS) {
            return SPAN;
        }
        if (firstSpanNs == 0 && firstRateBitsPerSecond != secondRateBitsPerSecond) {
            return SPAN_MISSING;
        }
        double burstNs = (double) firstSpanNs * (double) firstRateBitsPerSecond / (double) secondRateBitsPerSecond;
        return burstNs > ServiceCurve.MAX_BURST_NS ? BURST : NONE;
    }

    private static boolean isRate(long bitsPerSecond) {
        return bitsPerSecond >= ServiceCurve.MIN_RATE && bitsPerSecond <= ServiceCurve.MAX_RATE;
    }
}

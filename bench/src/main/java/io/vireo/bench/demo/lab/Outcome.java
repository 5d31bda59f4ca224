package io.vireo.bench.demo.lab;

/**
 * What a check found.
 *
 * @param verdict whether the measurement is what the claim demands
 * @param measured the measurement, with units
 */
public record Outcome(Verdict verdict, String measured) {
    /** What a line of the table says, the strongest last. */
    public enum Verdict {
        /** The claim holds. */
        PASSED("pass"),
        /** The machine disturbed the measurement so much that it says nothing about the claim. */
        SKIPPED("skip"),
        /** The claim does not hold. */
        FAILED("FAIL");

        private final String word;

        Verdict(String word) {
            this.word = word;
        }

        /** For the table. */
        public String word() {
            return word;
        }
    }

    /** A measurement that nothing excuses. */
    public static Outcome of(boolean holds, String measured) {
        return new Outcome(holds ? Verdict.PASSED : Verdict.FAILED, measured);
    }

    /**
     * A measurement that depends on time. A bound that was kept was kept, whatever was taken. One that was missed counts unless
     * enough was taken to explain it.
     *
     * @param excuse how much must have been taken to explain the miss
     */
    public static Outcome of(boolean holds, Excuse excuse, Disturbance disturbance, String measured) {
        return !holds && disturbance.explains(excuse)
                ? new Outcome(Verdict.SKIPPED, "not measured: " + disturbance.describe() + "; " + measured)
                : of(holds, measured);
    }

    /** Both: a failure of either is one; without a failure, what could not be measured of either decides nothing. */
    public Outcome and(Outcome other) {
        Verdict both = verdict.compareTo(other.verdict) > 0 ? verdict : other.verdict;
        return new Outcome(both, measured + "; " + other.measured);
    }
}

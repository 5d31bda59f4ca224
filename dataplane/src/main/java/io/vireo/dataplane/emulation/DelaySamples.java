package io.vireo.dataplane.emulation;

import io.vireo.dataplane.wire.code.DelayDistribution;

/**
 * Deviations from the mean delay: of a normal and a Pareto distribution, both of mean 0 and standard deviation 1, at 4,096 equally
 * likely places, as {@code tc netem}'s tables have them. Immutable.
 */
final class DelaySamples {
    private static final int BITS = 12;
    private static final int COUNT = 1 << BITS;

    /** A table's entries are in 2^-13 of a standard deviation. */
    private static final int SCALE_BITS = 13;

    private static final double PARETO_SHAPE = 3;
    private static final int NORMAL_CODE = DelayDistribution.NORMAL.code();
    private static final int PARETO_CODE = DelayDistribution.PARETO.code();

    private static final int[] NORMAL = table(DelaySamples::normal);
    private static final int[] PARETO = table(place -> Math.pow(1 - place, -1 / PARETO_SHAPE));

    private DelaySamples() {}

    /** Has the tables made, which takes some 20 ms: for the conductor, so that no worker has to when the first packet needs them. */
    static void prepare() {
        // They are made when the class is initialized.
    }

    /**
     * How far a delay is from its mean, ns.
     *
     * @param distribution code of a {@link DelayDistribution}.
     * @param random 64 random bits.
     */
    static long deviationNs(int distribution, long jitterNs, long random) {
        if (distribution == NORMAL_CODE) {
            return scaled(NORMAL, jitterNs, random);
        }
        return distribution == PARETO_CODE ? scaled(PARETO, jitterNs, random) : uniform(jitterNs, random);
    }

    private static long scaled(int[] table, long jitterNs, long random) {
        return (jitterNs * table[(int) (random >>> (Long.SIZE - BITS))]) >> SCALE_BITS;
    }

    private static long uniform(long jitterNs, long random) {
        return Math.unsignedMultiplyHigh(random, 2 * jitterNs + 1) - jitterNs;
    }

    /** Quantile of a distribution. */
    private interface Quantile {
        double at(double place);
    }

    /** Brought to mean 0 and deviation 1 exactly, for the table ends where the distribution does not. */
    private static int[] table(Quantile quantile) {
        double sum = 0;
        double squares = 0;
        double[] values = new double[COUNT];
        for (int n = 0; n < COUNT; n++) {
            values[n] = quantile.at((n + 0.5) / COUNT);
            sum += values[n];
            squares += values[n] * values[n];
        }
        double mean = sum / COUNT;
        double deviation = Math.sqrt(squares / COUNT - mean * mean);
        int[] table = new int[COUNT];
        for (int n = 0; n < COUNT; n++) {
            table[n] = (int) Math.round((values[n] - mean) / deviation * (1 << SCALE_BITS));
        }
        return table;
    }

    /** By bisection of the distribution function, once per place at start. */
    private static double normal(double place) {
        double low = -5;
        double high = 5;
        for (int step = 0; step < 50; step++) {
            double middle = (low + high) / 2;
            if (normalBelow(middle) < place) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The share of a normal distribution below a value: Marsaglia's series (Evaluating the normal distribution, 2004). */
    private static double normalBelow(double value) {
        double sum = value;
        double term = value;
        double before = 0;
        for (int n = 3; sum != before; n += 2) {
            before = sum;
            term *= value * value / n;
            sum += term;
        }
        return 0.5 + sum * Math.exp(-0.5 * value * value) / Math.sqrt(2 * Math.PI);
    }
}

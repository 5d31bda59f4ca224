package io.vireo.bench.report;

import java.util.Arrays;
import java.util.List;

/**
 * Repeated readings of one figure, in the order in which they were taken.
 *
 * @param values at least one
 */
public record Samples(List<Double> values) {
    /** Refuses none at all, and what is not a number: neither is a measurement. */
    public Samples {
        values = List.copyOf(values);
        if (values.isEmpty()) {
            throw new IllegalArgumentException("samples: there are none");
        }
        if (values.stream().anyMatch(value -> !Double.isFinite(value))) {
            throw new IllegalArgumentException("samples: " + values + " are not all numbers");
        }
    }

    /** Some readings. */
    public static Samples of(double... values) {
        return new Samples(Arrays.stream(values).boxed().toList());
    }

    /** The middle reading, or the mean of the middle two. */
    public double median() {
        double[] sorted = sorted();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** The smallest reading. */
    public double min() {
        return sorted()[0];
    }

    /** The largest reading. */
    public double max() {
        return sorted()[values.size() - 1];
    }

    /** How far apart smallest and largest are, as a part of the median; 0 when all are the same. */
    public double spread() {
        double range = max() - min();
        return range == 0 ? 0 : range / Math.abs(median());
    }

    /** Whether the two sets of readings have values in common: then a difference of their medians may be chance. */
    public boolean overlaps(Samples other) {
        return min() <= other.max() && other.min() <= max();
    }

    private double[] sorted() {
        return values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    }
}

package io.vireo.bench.report;

/**
 * Where on a curve a figure belongs.
 *
 * @param curve the curve's name; points of one name are drawn together
 * @param axis what x is
 * @param x the position, positive: axes are logarithmic
 */
public record CurvePoint(String curve, String axis, double x) {
    /** Refuses a position that a logarithmic axis has not. */
    public CurvePoint {
        if (!(x > 0) || Double.isInfinite(x)) {
            throw new IllegalArgumentException("x: " + x + " is not a positive number");
        }
    }
}

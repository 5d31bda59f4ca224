package io.vireo.control.model;

import org.jspecify.annotations.Nullable;

/**
 * What a class is promised, and what it may take.
 *
 * @param realTime   the guarantee ({@code rt}), or null.
 * @param linkShare  how much of what the guarantees leave over ({@code ls}), or null.
 * @param upperLimit the most that it may get by sharing ({@code ul}), or null.
 */
public record ClassCurves(
        @Nullable Curve realTime,
        @Nullable Curve linkShare,
        @Nullable Curve upperLimit) {

    /** A class that says nothing. */
    public static final ClassCurves NONE = new ClassCurves(null, null, null);

    /** Whether a share must be found for the class: it has nothing by which it could send. */
    public boolean isWithoutShare() {
        return realTime == null && linkShare == null;
    }

    /** The same with another link-sharing curve. */
    public ClassCurves withLinkShare(Curve curve) {
        return new ClassCurves(realTime, curve, upperLimit);
    }

    /** What its siblings must leave it in the long run, in bit/s: the larger of guarantee and share. */
    public long longRunBitsPerSecond() {
        return Math.max(longRun(realTime), longRun(linkShare));
    }

    private static long longRun(@Nullable Curve curve) {
        return curve == null ? 0 : curve.service().secondRateBitsPerSecond();
    }
}

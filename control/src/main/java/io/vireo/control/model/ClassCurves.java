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

    /** How a class shares that has neither a guarantee nor a share; the data plane's implicit classes do the same. */
    public static final Curve DEFAULT_LINK_SHARE = new Curve.Straight(new Bandwidth(1_000_000));

    /** The same, with a share for a class that has nothing yet by which it could send. */
    public ClassCurves orDefaultShare() {
        return realTime == null && linkShare == null ? new ClassCurves(null, DEFAULT_LINK_SHARE, upperLimit) : this;
    }
}

package io.vireo.dataplane.schedule.policy;

/**
 * What a class may share of which nothing is said: one that the data plane makes by itself has it, and control gives its
 * own classes at most as much, so that the two are alike.
 */
public final class ImplicitShare {
    /** Rate of its link-sharing curve, bit/s. */
    public static final long MAX_BITS_PER_SECOND = 1_000_000;

    private ImplicitShare() {}
}

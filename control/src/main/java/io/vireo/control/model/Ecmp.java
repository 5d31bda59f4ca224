package io.vireo.control.model;

import org.jspecify.annotations.Nullable;

/**
 * How flows are shared among equal-cost next hops.
 *
 * @param hashSeed 0 to {@link Limits#MAX_HASH_SEED}; null: one of the node's own, which stays the same.
 */
public record Ecmp(@Nullable Long hashSeed) {

    /** What a node has that says nothing of its own. */
    public static final Ecmp DEFAULT = new Ecmp(null);
}

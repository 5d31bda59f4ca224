package io.vireo.control.network.transaction;

/**
 * A step at one node.
 *
 * @param node its name.
 * @param step how far it is.
 * @param text more of it, for people; or empty.
 */
public record NodeProgress(String node, Step step, String text) {

    /** How far a node is. */
    public enum Step {
        /** It holds its part. */
        RESERVED,
        /** It does not hold its part, or nobody knows. */
        REFUSED,
        /** What it may have held is released. */
        RELEASED,
        /** It has its part. */
        COMMITTED,
        /** It is decided that it gets its part, and it does not have it yet. */
        PENDING
    }
}

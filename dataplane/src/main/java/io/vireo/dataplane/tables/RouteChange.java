package io.vireo.dataplane.tables;

/** What became of a change to a table. */
public enum RouteChange {
    /** The prefix had no route, now it has this one. */
    ADDED,
    /** The prefix had a route, perhaps the same one; now it has this one. */
    REPLACED,
    /** The route is gone; its covering route, if any, applies again. */
    REMOVED,
    /** There was no such route to remove. */
    ABSENT,
    /** No memory is left for it ({@link TableLimits}). Nothing was changed. */
    FULL,
    /**
     * No memory at the moment: too much waits until workers no longer see it and {@link Fib#reclaim} frees it. Nothing
     * was changed; try again in a later loop.
     */
    BUSY
}

package io.vireo.bench.linerate.traffic;

/** What a frame's number says about how it arrived. */
enum Arrival {
    /** The next of its flow. */
    IN_ORDER,
    /** Newer than the next of its flow: those between are lost, or late. */
    AFTER_GAP,
    /** Older than the newest, and not seen before. */
    REORDERED,
    /** Seen before. */
    DUPLICATE,
    /** So much older than the newest that nobody knows any more. */
    STALE
}

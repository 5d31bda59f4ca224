package io.vireo.control.store;

import java.time.Instant;

/**
 * A committed configuration.
 *
 * @param number   1 for the first, never used twice; 0 for the empty configuration before it.
 * @param time     when it was committed, to the millisecond.
 * @param author   who committed it.
 * @param comment  why, possibly empty.
 * @param applied  whether it was applied to the node at least once.
 * @param document the configuration document.
 */
public record Version(long number, Instant time, String author, String comment, boolean applied, String document) {

    /** What there is before anything was committed. */
    public static final Version NONE = new Version(0, Instant.EPOCH, "", "", true, "{}");
}

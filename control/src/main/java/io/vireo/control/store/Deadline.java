package io.vireo.control.store;

/**
 * A moment by a clock that nobody sets.
 *
 * @param bootId   the start of the machine that it is counted from.
 * @param uptimeMs milliseconds after it.
 */
public record Deadline(String bootId, long uptimeMs) {}

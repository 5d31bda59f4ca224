package io.vireo.control.store;

/**
 * A version that must be confirmed or is reverted.
 *
 * @param version  the version that awaits confirmation.
 * @param revertTo the version to revert to; 0 for the empty configuration.
 * @param deadline when.
 */
public record Confirmation(long version, long revertTo, Deadline deadline) {}

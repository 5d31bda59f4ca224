package io.vireo.control.store;

import java.time.Instant;

/**
 * A version that must be confirmed or is reverted.
 *
 * @param version  the version that awaits confirmation.
 * @param revertTo the version to revert to; 0 for the empty configuration.
 * @param deadline when, to the millisecond.
 */
public record Confirmation(long version, long revertTo, Instant deadline) {}

package io.vireo.control.store;

import java.time.Instant;

/**
 * A configuration about to be committed.
 *
 * @param document the configuration document.
 * @param author   who commits it.
 * @param comment  why, possibly empty.
 * @param time     when, kept to the millisecond.
 */
public record Draft(String document, String author, String comment, Instant time) {}

package io.vireo.control.view;

/**
 * A system counter of the data plane ({@link io.vireo.dataplane.wire.counters.SystemCounter}).
 *
 * @param name        its name, such as {@code EVENTS_DROPPED}.
 * @param description what it counts, as a sentence.
 * @param value       its value.
 */
public record SystemCount(String name, String description, long value) {}

package io.vireo.control.view;

import java.time.Instant;
import java.util.Map;

/**
 * Something that happened.
 *
 * @param time     when.
 * @param severity how much it matters.
 * @param type     what kind, such as {@code port.state}.
 * @param subject  what it happened to, such as {@code p1} or {@code blue/r1/h1}.
 * @param text     a sentence for people.
 * @param details  the same for programs.
 */
public record NodeEvent(
        Instant time, Severity severity, String type, String subject, String text, Map<String, String> details) {

    public NodeEvent {
        details = Map.copyOf(details);
    }

    /** How much an event matters. */
    public enum Severity {
        INFO,
        WARNING,
        ERROR
    }
}

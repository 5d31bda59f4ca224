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
        INFO(System.Logger.Level.INFO),
        WARNING(System.Logger.Level.WARNING),
        ERROR(System.Logger.Level.ERROR);

        private final System.Logger.Level level;

        Severity(System.Logger.Level level) {
            this.level = level;
        }

        /** The level of the log that corresponds. */
        public System.Logger.Level level() {
            return level;
        }
    }
}

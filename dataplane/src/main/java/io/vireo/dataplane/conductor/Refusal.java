package io.vireo.dataplane.conductor;

import io.vireo.dataplane.wire.code.CommandResult;

/**
 * Why the command in hand is refused: a code, and a text that begins with the field that is wrong. Reused; allocates nothing.
 * Single user: the conductor.
 *
 * <p>Its methods return false, so that a check reads {@code return refusal.because(…)}.
 */
final class Refusal {
    private static final int TEXT_CAPACITY = 1024;

    private final StringBuilder text = new StringBuilder(TEXT_CAPACITY);
    private CommandResult code = CommandResult.OK;

    CommandResult code() {
        return code;
    }

    CharSequence text() {
        return text;
    }

    /** Refuses with a text. */
    boolean because(CommandResult why, String explanation) {
        code = why;
        text.setLength(0);
        text.append(explanation);
        return false;
    }

    /** Refuses with a number put between two texts. */
    boolean because(CommandResult why, String before, long number, String after) {
        because(why, before);
        text.append(number).append(after);
        return false;
    }

    /** Adds text, a number and text to the explanation. */
    boolean append(String before, long number, String after) {
        text.append(before).append(number).append(after);
        return false;
    }

    /** Adds a number and text to the explanation. */
    boolean and(long number, String after) {
        text.append(number).append(after);
        return false;
    }

    /** Adds text to the explanation. */
    boolean and(String after) {
        text.append(after);
        return false;
    }

    /** Refuses with a text made at run time, cut off if it is long. */
    boolean becauseOf(CommandResult why, String field, CharSequence explanation) {
        because(why, field);
        text.append(explanation, 0, Math.min(explanation.length(), TEXT_CAPACITY - field.length()));
        return false;
    }
}

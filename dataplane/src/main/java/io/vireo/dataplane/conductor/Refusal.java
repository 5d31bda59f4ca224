package io.vireo.dataplane.conductor;

import io.vireo.dataplane.wire.code.CommandResult;
import io.vireo.dataplane.wire.command.InvalidCommandHandler;
import io.vireo.dataplane.wire.event.EventProxy;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Why the command in hand is refused: a code, and a text that begins with the field that is wrong; and how that is answered
 * and counted. Reused; allocates nothing. Single user: the conductor.
 *
 * <p>A command either succeeds, or changes nothing and is refused. The methods that say why return false, so that a check reads
 * {@code return refusal.because(…)}, and the command of an owner {@code refusal.answer(correlationId, add(…))}.
 */
final class Refusal implements InvalidCommandHandler {
    private static final int TEXT_CAPACITY = 1024;

    private final EventProxy events;
    private final AtomicCounter refused;
    private final StringBuilder text = new StringBuilder(TEXT_CAPACITY);
    private CommandResult code = CommandResult.OK;

    Refusal(EventProxy events, AtomicCounter refused) {
        this.events = events;
        this.refused = refused;
    }

    /** Answers a command that was not carried out; one that was is silent. */
    void answer(long correlationId, boolean isDone) {
        if (!isDone) {
            refused.incrementPlain();
            events.commandResult(correlationId, code, text);
        }
    }

    @Override
    public void onInvalid(long correlationId, String reason) {
        answer(correlationId, because(CommandResult.INVALID, reason));
    }

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

    /** Refuses to change what an interface keeps for its life. */
    boolean becauseFixed(String field, int interfaceId) {
        because(CommandResult.IN_USE, field);
        return append(": interface ", interfaceId, " exists with another value; remove it first");
    }

    /** Refuses with a text made at run time, cut off if it is long. */
    boolean becauseOf(CommandResult why, String field, CharSequence explanation) {
        because(why, field);
        text.append(explanation, 0, Math.min(explanation.length(), TEXT_CAPACITY - field.length()));
        return false;
    }
}

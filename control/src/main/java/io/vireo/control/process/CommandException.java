package io.vireo.control.process;

/** A program that failed; the text holds its command line and what it printed. */
public final class CommandException extends RuntimeException {
    /** The failure of {@code command} with {@code result}. */
    public CommandException(Command command, Command.Result result) {
        super("`" + command + "` failed with status " + result.status() + ": "
                + result.text().strip());
    }
}

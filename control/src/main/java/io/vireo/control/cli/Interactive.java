package io.vireo.control.cli;

import java.io.Console;

/** Whether the command is used interactively. */
final class Interactive {

    private Interactive() {}

    /** Whether standard input and output are a terminal. */
    @SuppressWarnings("SystemConsoleNull") // JDK 25 answers null again when there is no terminal (JDK-8351435).
    static boolean isTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }
}

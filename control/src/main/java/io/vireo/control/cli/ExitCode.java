package io.vireo.control.cli;

/** What the exit status of {@code vireo} means. {@code exec} exits as its command does. */
public final class ExitCode {
    public static final int DONE = 0;
    public static final int FAILED = 1;

    /** The command line or a file named on it cannot be understood. */
    public static final int USAGE = 2;

    /** Control does not answer on its socket. */
    public static final int UNREACHABLE = 3;

    /** The configuration is invalid, or the state is another than expected; nothing was changed. */
    public static final int REFUSED = 4;

    /** The user may not do this. */
    public static final int NOT_PERMITTED = 5;

    private ExitCode() {}
}

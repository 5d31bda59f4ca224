package io.vireo.control.cli;

/** Ends the command with a message and an exit status, without a stack trace. */
public final class CliException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;
    private final int httpStatus;

    public CliException(int exitCode, String message) {
        this(exitCode, message, 0);
    }

    /** Of an answer that is an error. */
    CliException(int exitCode, String message, int httpStatus) {
        super(message);
        this.exitCode = exitCode;
        this.httpStatus = httpStatus;
    }

    /** Status of the answer (RFC 9110 §15), or 0 when there was none. */
    public int httpStatus() {
        return httpStatus;
    }

    public int exitCode() {
        return exitCode;
    }
}

package io.vireo.dataplane.wire.memory;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The shared-memory file cannot be created or used. The message names the file and the reason. */
public final class SharedMemoryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Reason {
        /** There is no such file: no data plane has started yet. */
        MISSING,
        /** The data plane is still starting: try again. */
        NOT_READY,
        /** The data plane that made the file has ended in good order: wait for the next. */
        CLOSED,
        /** The file is shorter than it says. */
        TRUNCATED,
        /** The file is something else. */
        WRONG_MAGIC,
        /** The file was made by a program with another layout. */
        WRONG_VERSION,
        /** The header contradicts itself. */
        CORRUPT,
        /** The file cannot be created, opened or mapped. */
        IO
    }

    private final Reason reason;

    SharedMemoryException(Reason reason, Path file, String detail, @Nullable Throwable cause) {
        super("shared memory " + file + ": " + detail, cause);
        this.reason = reason;
    }

    SharedMemoryException(Reason reason, Path file, String detail) {
        this(reason, file, detail, null);
    }

    /** Returns why, for programs. */
    public Reason reason() {
        return reason;
    }
}

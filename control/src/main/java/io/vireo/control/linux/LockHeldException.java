package io.vireo.control.linux;

import java.nio.file.Path;

/** Another process holds a {@link ProcessLock}; the message names it. */
public final class LockHeldException extends RuntimeException {
    LockHeldException(Path path, String holder) {
        super(path + " is held by " + (holder.isEmpty() ? "another process" : "process " + holder));
    }
}

package io.vireo.control.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Namespaces, devices and nodes are root's. */
public final class Superuser {
    private static final Object UID = 0;

    private Superuser() {}

    /** Whether this process is root's. */
    public static boolean isCurrent() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(UID);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.vireo.control.lab.machine;

import io.vireo.control.cli.CliException;
import io.vireo.control.cli.ExitCode;
import io.vireo.control.lab.topology.LabNames;
import io.vireo.control.linux.LockHeldException;
import io.vireo.control.linux.ProcessLock;
import io.vireo.control.supervisor.NodePaths;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Held by who changes a lab, so that nobody else does meanwhile. */
final class LabLock implements AutoCloseable {
    private final Path file;
    private final ProcessLock lock;

    private LabLock(Path file, ProcessLock lock) {
        this.file = file;
        this.lock = lock;
    }

    /** @throws CliException when somebody has it */
    static LabLock take(LabNames names) {
        Path file = NodePaths.of(NodePaths.DEFAULT_NODE).controlSocket().resolveSibling(names.prefix() + "lab.lock");
        try {
            Files.createDirectories(file.resolveSibling(""));
            return new LabLock(file, ProcessLock.acquire(file));
        } catch (LockHeldException e) {
            throw new CliException(
                    ExitCode.FAILED, "somebody else changes the lab " + names.lab() + " just now: " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Frees it and leaves no file behind. */
    @Override
    public void close() {
        lock.closeAndDelete(file);
    }
}

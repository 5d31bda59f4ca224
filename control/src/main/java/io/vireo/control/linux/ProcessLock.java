package io.vireo.control.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A file that one holder at a time has locked, with the holder's pid inside ({@code flock(2)}; not {@code fcntl}, whose
 * locks end when anybody in the process closes the file). The kernel frees it when the process dies.
 */
public final class ProcessLock implements AutoCloseable {
    private static final int O_RDWR = 2;
    private static final int O_CREAT = 0x40;
    private static final int O_CLOEXEC = 0x80000;
    private static final int OWNER_ONLY = 0600;
    private static final int LOCK_EX_NB = 2 | 4;
    private static final int LOCK_UN = 8;

    private final Descriptor descriptor;

    private ProcessLock(Descriptor descriptor) {
        this.descriptor = descriptor;
    }

    /**
     * Locks the file, made when there is none, and writes this process's id into it.
     *
     * @throws LockHeldException naming the process that holds it, which may be this one
     */
    public static ProcessLock acquire(Path path) {
        while (true) {
            ProcessLock lock = acquireOpened(path);
            if (lock.isOf(path)) {
                return lock;
            }
            lock.close();
        }
    }

    private static ProcessLock acquireOpened(Path path) {
        String name = path.toString();
        Descriptor descriptor = new Descriptor(
                LibC.check("open", name, LibC.open(name, O_RDWR | O_CREAT | O_CLOEXEC, OWNER_ONLY)), name);
        try {
            int result = LibC.flock(descriptor.number(), LOCK_EX_NB);
            if (result == -Errno.EAGAIN) {
                throw new LockHeldException(
                        path, Files.readString(opened(descriptor)).strip());
            }
            LibC.check("flock", name, result);
            Files.writeString(
                    opened(descriptor), Long.toString(ProcessHandle.current().pid()));
            return new ProcessLock(descriptor);
        } catch (IOException e) {
            descriptor.close();
            throw new UncheckedIOException("cannot lock " + name, e);
        } catch (RuntimeException e) {
            descriptor.close();
            throw e;
        }
    }

    /** Whether the path still leads to what is locked: a holder that ended may have taken the file away after it was opened here. */
    private boolean isOf(Path path) {
        try {
            return Files.isSameFile(opened(descriptor), path);
        } catch (NoSuchFileException _) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot lock " + path, e);
        }
    }

    /** The open file itself, whatever its path leads to by now ({@code proc_pid_fd(5)}). */
    private static Path opened(Descriptor descriptor) {
        return Path.of("/proc/self/fd/" + descriptor.number());
    }

    /** Takes the file away and frees the lock. */
    public void closeAndDelete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + path, e);
        } finally {
            close();
        }
    }

    /**
     * Frees the lock. Closing the file alone would not do: a child that is just being started has its parent's
     * descriptors, and with them the lock, until it has become another program.
     */
    @Override
    public void close() {
        LibC.flock(descriptor.number(), LOCK_UN);
        descriptor.close();
    }
}

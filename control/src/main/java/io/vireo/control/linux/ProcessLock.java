package io.vireo.control.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
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
        String name = path.toString();
        Descriptor descriptor = new Descriptor(
                LibC.check("open", name, LibC.open(name, O_RDWR | O_CREAT | O_CLOEXEC, OWNER_ONLY)), name);
        try {
            int result = LibC.flock(descriptor.number(), LOCK_EX_NB);
            if (result == -Errno.EAGAIN) {
                throw new LockHeldException(path, Files.readString(path).strip());
            }
            LibC.check("flock", name, result);
            Files.writeString(path, Long.toString(ProcessHandle.current().pid()));
            return new ProcessLock(descriptor);
        } catch (IOException e) {
            descriptor.close();
            throw new UncheckedIOException("cannot lock " + name, e);
        } catch (RuntimeException e) {
            descriptor.close();
            throw e;
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

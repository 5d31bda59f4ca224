package io.vireo.control.linux;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An open file descriptor and the name of what it stands for. Thread-safe as far as the kernel is; {@link #close} may be
 * called repeatedly, and a use after it fails with {@code EBADF} instead of reaching a stranger's descriptor.
 */
public final class Descriptor implements AutoCloseable {
    private static final int CLOSED = -1;

    private final AtomicInteger fd;
    private final String name;

    Descriptor(int fd, String name) {
        this.fd = new AtomicInteger(fd);
        this.name = name;
    }

    /** The descriptor's number, or -1 once closed. */
    public int number() {
        return fd.get();
    }

    public String name() {
        return name;
    }

    /**
     * Reads at most the length of {@code buffer}, which is off the heap.
     *
     * @return bytes read, or the negated {@link Errno}, for the hot callers that expect {@code EAGAIN}
     */
    public int read(MemorySegment buffer) {
        return LibC.read(fd.get(), buffer.address(), buffer.byteSize());
    }

    /** Writes the whole of {@code buffer}, which is off the heap; returns as {@link #read} does. */
    public int write(MemorySegment buffer) {
        return LibC.write(fd.get(), buffer.address(), buffer.byteSize());
    }

    /** Reads at most {@code lengthBytes} to a raw address, without allocating; returns as {@link #read} does. */
    public int read(long address, int lengthBytes) {
        return LibC.read(fd.get(), address, lengthBytes);
    }

    /** Writes {@code lengthBytes} from a raw address, without allocating; returns as {@link #read} does. */
    public int write(long address, int lengthBytes) {
        return LibC.write(fd.get(), address, lengthBytes);
    }

    @Override
    public void close() {
        int open = fd.getAndSet(CLOSED);
        if (open != CLOSED) {
            LibC.close(open);
        }
    }

    @Override
    public String toString() {
        return name + " (fd " + fd.get() + ")";
    }
}

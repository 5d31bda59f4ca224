package io.vireo.control.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Wakes a thread that sleeps in {@link Epoll#await}: any thread signals, the sleeping one clears ({@code eventfd(2)}). */
public final class EventFd implements AutoCloseable {
    private static final int EFD_CLOEXEC = 0x80000;
    private static final int EFD_NONBLOCK = 0x800;

    private final Arena arena = Arena.ofAuto();
    private final MemorySegment one = arena.allocateFrom(ValueLayout.JAVA_LONG, 1L);
    private final MemorySegment count = arena.allocate(ValueLayout.JAVA_LONG);
    private final Descriptor descriptor;

    public EventFd(String name) {
        descriptor = new Descriptor(LibC.check("eventfd", name, LibC.eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)), name);
    }

    public Descriptor descriptor() {
        return descriptor;
    }

    /** Any thread. */
    public void signal() {
        descriptor.write(one);
    }

    /** The sleeping thread, before it looks for work. */
    public void clear() {
        descriptor.read(count);
    }

    /** A signal that comes later, or meanwhile, is lost. */
    @Override
    public void close() {
        descriptor.close();
    }
}

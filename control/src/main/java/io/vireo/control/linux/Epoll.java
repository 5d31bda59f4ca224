package io.vireo.control.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.function.LongConsumer;

/**
 * Waits for many descriptors at once, level-triggered ({@code epoll(7)}). Any thread may add and remove; one thread
 * waits. A token the caller chooses stands for each descriptor.
 */
public final class Epoll implements AutoCloseable {
    private static final int EPOLL_CLOEXEC = 0x80000;
    private static final int EPOLL_CTL_ADD = 1;
    private static final int EPOLL_CTL_DEL = 2;
    private static final int EPOLLIN = 1;
    private static final int MAX_EVENTS = 256;

    // struct epoll_event is packed on x86-64 only; epoll(7).
    private static final int TOKEN_OFFSET = System.getProperty("os.arch", "").equals("amd64") ? 4 : 8;
    private static final int EVENT_BYTES = TOKEN_OFFSET + Long.BYTES;
    private static final ValueLayout.OfLong TOKEN = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.nativeOrder());

    private final Arena arena = Arena.ofAuto();
    private final MemorySegment events = arena.allocate((long) MAX_EVENTS * EVENT_BYTES, Long.BYTES);
    private final MemorySegment timeout = arena.allocate(2L * Long.BYTES, Long.BYTES);
    private final Descriptor descriptor;

    public Epoll(String name) {
        descriptor = new Descriptor(LibC.check("epoll_create1", name, LibC.epollCreate(EPOLL_CLOEXEC)), name);
    }

    /** Reports {@code token} from {@link #await} whenever {@code watched} has something to read or was hung up. */
    public void add(Descriptor watched, long token) {
        try (Arena call = Arena.ofConfined()) {
            MemorySegment event = call.allocate(EVENT_BYTES, Long.BYTES);
            event.set(ValueLayout.JAVA_INT, 0, EPOLLIN);
            event.set(TOKEN, TOKEN_OFFSET, token);
            LibC.check(
                    "EPOLL_CTL_ADD",
                    watched.name(),
                    LibC.epollControl(descriptor.number(), EPOLL_CTL_ADD, watched.number(), event));
        }
    }

    /** Stops watching; a descriptor that is closed already is no error, for closing removes it too. */
    public void remove(Descriptor watched) {
        int result = LibC.epollControl(descriptor.number(), EPOLL_CTL_DEL, watched.number(), MemorySegment.NULL);
        if (result < 0 && result != -Errno.EBADF && result != -Errno.ENOENT) {
            throw new LinuxException("EPOLL_CTL_DEL", watched.name(), -result);
        }
    }

    /**
     * Waits until something is readable or the time is over, and reports each token.
     *
     * @return how many were reported; 0 after a timeout or a signal
     */
    public int await(long timeoutNs, LongConsumer readable) {
        timeout.set(ValueLayout.JAVA_LONG, 0, timeoutNs / 1_000_000_000L);
        timeout.set(ValueLayout.JAVA_LONG, Long.BYTES, timeoutNs % 1_000_000_000L);
        int count = LibC.epollWait(descriptor.number(), events, MAX_EVENTS, timeout);
        if (count == -Errno.EINTR) {
            return 0;
        }
        LibC.check("epoll_pwait2", descriptor.name(), count);
        for (int i = 0; i < count; i++) {
            readable.accept(events.get(TOKEN, (long) i * EVENT_BYTES + TOKEN_OFFSET));
        }
        return count;
    }

    /** To be called when no thread waits any more. */
    @Override
    public void close() {
        descriptor.close();
    }
}

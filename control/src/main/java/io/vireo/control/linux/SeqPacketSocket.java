package io.vireo.control.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A Unix socket of whole messages of text, each of which may carry one descriptor ({@code SOCK_SEQPACKET} and
 * {@code SCM_RIGHTS}, {@code unix(7)}). One thread at a time uses a socket; any may close it.
 */
final class SeqPacketSocket implements AutoCloseable {
    /** The longest message, in bytes of UTF-8. A longer one is cut by the receiver. */
    static final int MAX_MESSAGE_BYTES = 64 * 1024;

    private static final int AF_UNIX = 1;
    private static final int SOCK_SEQPACKET = 5;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int SOL_SOCKET = 1;
    private static final int SCM_RIGHTS = 1;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int MSG_CMSG_CLOEXEC = 0x40000000;
    private static final int BACKLOG = 8;

    // struct sockaddr_un: family, path[108].
    private static final int MAX_PATH_BYTES = 107;
    // struct msghdr on a 64-bit machine.
    private static final int MSGHDR_BYTES = 56;
    private static final int MSGHDR_IOV = 16;
    private static final int MSGHDR_IOV_COUNT = 24;
    private static final int MSGHDR_CONTROL = 32;
    private static final int MSGHDR_CONTROL_BYTES = 40;
    // struct cmsghdr: length, level, type, data; CMSG_LEN(4) and CMSG_SPACE(4).
    private static final int CMSG_LEVEL = 8;
    private static final int CMSG_TYPE = 12;
    private static final int CMSG_DATA = 16;
    private static final int CMSG_LEN = 20;
    private static final int CMSG_SPACE = 24;

    private final Descriptor descriptor;

    private SeqPacketSocket(Descriptor descriptor) {
        this.descriptor = descriptor;
    }

    /** A message and the descriptor that came with it, which the receiver owns. */
    record Message(String text, @Nullable Descriptor attached) {}

    static SeqPacketSocket listen(Path path) {
        SeqPacketSocket socket = open(path);
        try {
            socket.check("bind", LibC.bind(socket.number(), address(path)));
            socket.check("listen", LibC.listen(socket.number(), BACKLOG));
            return socket;
        } catch (RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    static SeqPacketSocket connect(Path path) {
        SeqPacketSocket socket = open(path);
        try {
            socket.check("connect", LibC.connect(socket.number(), address(path)));
            return socket;
        } catch (RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /** Waits for the next connection. */
    SeqPacketSocket accept() {
        return new SeqPacketSocket(
                new Descriptor(check("accept", LibC.accept(number(), SOCK_CLOEXEC)), descriptor.name()));
    }

    Descriptor descriptor() {
        return descriptor;
    }

    void send(String text) {
        send(text, null);
    }

    /** Sends a message; {@code attached} is duplicated into the receiver and remains open here. */
    void send(String text, @Nullable Descriptor attached) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocateFrom(text);
            MemorySegment header = header(arena, bytes.asSlice(0, bytes.byteSize() - 1));
            if (attached != null) {
                MemorySegment control = control(arena, header);
                control.set(ValueLayout.JAVA_LONG, 0, CMSG_LEN);
                control.set(ValueLayout.JAVA_INT, CMSG_LEVEL, SOL_SOCKET);
                control.set(ValueLayout.JAVA_INT, CMSG_TYPE, SCM_RIGHTS);
                control.set(ValueLayout.JAVA_INT, CMSG_DATA, attached.number());
            }
            check("sendmsg", LibC.sendmsg(number(), header, MSG_NOSIGNAL));
        }
    }

    /** Waits for a message; returns null when the other side is gone. */
    @Nullable
    Message receive() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(MAX_MESSAGE_BYTES);
            MemorySegment header = header(arena, buffer);
            MemorySegment control = control(arena, header);
            int length = check("recvmsg", LibC.recvmsg(number(), header, MSG_CMSG_CLOEXEC));
            if (length == 0) {
                return null;
            }
            byte[] text = buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
            return new Message(new String(text, StandardCharsets.UTF_8), attached(header, control));
        }
    }

    @Override
    public void close() {
        descriptor.close();
    }

    private @Nullable Descriptor attached(MemorySegment header, MemorySegment control) {
        boolean present = header.get(ValueLayout.JAVA_LONG, MSGHDR_CONTROL_BYTES) >= CMSG_LEN
                && control.get(ValueLayout.JAVA_INT, CMSG_LEVEL) == SOL_SOCKET
                && control.get(ValueLayout.JAVA_INT, CMSG_TYPE) == SCM_RIGHTS;
        return present ? new Descriptor(control.get(ValueLayout.JAVA_INT, CMSG_DATA), "passed descriptor") : null;
    }

    private static SeqPacketSocket open(Path path) {
        String name = path.toString();
        return new SeqPacketSocket(new Descriptor(
                LibC.check("socket", name, LibC.socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0)), name));
    }

    private static MemorySegment address(Path path) {
        byte[] bytes = path.toString().getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MAX_PATH_BYTES) {
            throw new LinuxException("socket", path.toString(), Errno.EINVAL, "the path is longer than 107 bytes");
        }
        MemorySegment address = Arena.ofAuto().allocate(Short.BYTES + bytes.length + 1, Short.BYTES);
        address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_UNIX);
        MemorySegment.copy(bytes, 0, address, ValueLayout.JAVA_BYTE, Short.BYTES, bytes.length);
        return address;
    }

    private static MemorySegment header(Arena arena, MemorySegment bytes) {
        MemorySegment vector = arena.allocate(2L * Long.BYTES, Long.BYTES);
        vector.set(ValueLayout.ADDRESS, 0, bytes);
        vector.set(ValueLayout.JAVA_LONG, Long.BYTES, bytes.byteSize());
        MemorySegment header = arena.allocate(MSGHDR_BYTES, Long.BYTES);
        header.set(ValueLayout.ADDRESS, MSGHDR_IOV, vector);
        header.set(ValueLayout.JAVA_LONG, MSGHDR_IOV_COUNT, 1);
        return header;
    }

    private static MemorySegment control(Arena arena, MemorySegment header) {
        MemorySegment control = arena.allocate(CMSG_SPACE, Long.BYTES);
        header.set(ValueLayout.ADDRESS, MSGHDR_CONTROL, control);
        header.set(ValueLayout.JAVA_LONG, MSGHDR_CONTROL_BYTES, CMSG_SPACE);
        return control;
    }

    private int number() {
        return descriptor.number();
    }

    private int check(String call, int result) {
        return LibC.check(call, descriptor.name(), result);
    }
}

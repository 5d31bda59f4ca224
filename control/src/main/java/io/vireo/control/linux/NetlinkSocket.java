package io.vireo.control.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A raw rtnetlink socket ({@code netlink(7)}) of the network namespace in which it was opened. One thread at a time.
 */
public final class NetlinkSocket implements AutoCloseable {
    private static final int AF_NETLINK = 16;
    private static final int SOCK_RAW = 3;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int NETLINK_ROUTE = 0;
    private static final int SOL_NETLINK = 270;
    private static final int NETLINK_ADD_MEMBERSHIP = 1;
    private static final int NETLINK_EXT_ACK = 11;
    private static final int NETLINK_GET_STRICT_CHK = 12;
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVBUFFORCE = 33;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int MSG_TRUNC = 0x20;
    private static final int SOCKADDR_NL_BYTES = 12;

    private final Descriptor descriptor;

    private NetlinkSocket(Descriptor descriptor) {
        this.descriptor = descriptor;
    }

    /** Opens a socket in the calling thread's namespace. */
    public static NetlinkSocket open(String name) {
        NetlinkSocket socket = new NetlinkSocket(new Descriptor(
                LibC.check("socket", name, LibC.socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE)),
                "rtnetlink of " + name));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = arena.allocate(SOCKADDR_NL_BYTES, Integer.BYTES);
            address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_NETLINK);
            LibC.check("bind", socket.name(), LibC.bind(socket.descriptor.number(), address));
            socket.option("NETLINK_EXT_ACK", SOL_NETLINK, NETLINK_EXT_ACK, 1);
            // Dumps are filtered by the kernel, and leave out IPv6's cached routes; since Linux 4.20.
            socket.option("NETLINK_GET_STRICT_CHK", SOL_NETLINK, NETLINK_GET_STRICT_CHK, 1);
            return socket;
        } catch (RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    public Descriptor descriptor() {
        return descriptor;
    }

    public String name() {
        return descriptor.name();
    }

    /** Subscribes to a multicast group, {@code RTNLGRP_*}. */
    public void join(int group) {
        option("NETLINK_ADD_MEMBERSHIP " + group, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, group);
    }

    /** How much may wait to be read before the kernel drops notifications; it is taken only when used. */
    public void receiveBufferBytes(int bytes) {
        option("SO_RCVBUFFORCE", SOL_SOCKET, SO_RCVBUFFORCE, bytes);
    }

    /** Sends a request; netlink takes it whole. */
    public void send(MemorySegment request) {
        LibC.check("send", name(), LibC.send(descriptor.number(), request, request.byteSize(), 0));
    }

    /**
     * Waits for a datagram.
     *
     * @return its length, which is more than that of {@code buffer} when it was cut, or the negated {@link Errno}
     */
    public int receive(MemorySegment buffer) {
        return LibC.recv(descriptor.number(), buffer, buffer.byteSize(), MSG_TRUNC);
    }

    /** As {@link #receive}, but {@code -EAGAIN} when there is none. */
    public int poll(MemorySegment buffer) {
        return LibC.recv(descriptor.number(), buffer, buffer.byteSize(), MSG_TRUNC | MSG_DONTWAIT);
    }

    @Override
    public void close() {
        descriptor.close();
    }

    private void option(String option, int level, int number, int value) {
        LibC.check(option, name(), LibC.setsockopt(descriptor.number(), level, number, value));
    }
}

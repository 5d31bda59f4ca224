package io.vireo.control.linux.netlink;

import io.vireo.control.linux.Descriptor;
import io.vireo.control.linux.Errno;
import io.vireo.control.linux.LinuxException;
import io.vireo.control.linux.NetlinkSocket;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Follows the changes of one network namespace. Subscribed from its construction on: what is dumped afterwards and what
 * is polled later overlap, they never leave a gap. One thread at a time polls.
 */
public final class RtnetlinkMonitor implements AutoCloseable {
    private static final int[] GROUPS = {
        Protocol.RTNLGRP_LINK,
        Protocol.RTNLGRP_NEIGH,
        Protocol.RTNLGRP_IPV4_IFADDR,
        Protocol.RTNLGRP_IPV6_IFADDR,
        Protocol.RTNLGRP_IPV4_ROUTE,
        Protocol.RTNLGRP_IPV6_ROUTE,
        Protocol.RTNLGRP_IPV4_RULE,
        Protocol.RTNLGRP_IPV6_RULE,
        Protocol.RTNLGRP_NEXTHOP
    };

    private static final int[] LINKS = {Protocol.RTNLGRP_LINK};

    private final NetlinkSocket socket;
    private final Buffer buffer;
    private boolean overrun;

    /** The receive buffer of the monitors that one thread polls. */
    public static final class Buffer {
        private static final int BYTES = 256 * 1024;
        private final MemorySegment segment = Arena.ofAuto().allocate(BYTES, Long.BYTES);
        private final MessageDecoder decoder = new MessageDecoder(new UnsafeBuffer(segment.asByteBuffer()));
    }

    private RtnetlinkMonitor(NetlinkSocket socket, Buffer buffer) {
        this.socket = socket;
        this.buffer = buffer;
    }

    /**
     * Opens a monitor of the calling thread's namespace.
     *
     * @param receiveBufferBytes what may wait in the kernel; beyond it {@link RtnetlinkHandler#onOverrun} follows
     */
    public static RtnetlinkMonitor open(String name, int receiveBufferBytes, Buffer buffer) {
        return open(name, GROUPS, receiveBufferBytes, buffer);
    }

    /** As {@link #open}, of the links alone. */
    public static RtnetlinkMonitor openLinks(String name, int receiveBufferBytes, Buffer buffer) {
        return open(name, LINKS, receiveBufferBytes, buffer);
    }

    private static RtnetlinkMonitor open(String name, int[] groups, int receiveBufferBytes, Buffer buffer) {
        NetlinkSocket socket = NetlinkSocket.open(name);
        try {
            socket.receiveBufferBytes(receiveBufferBytes);
            for (int group : groups) {
                socket.join(group);
            }
            return new RtnetlinkMonitor(socket, buffer);
        } catch (RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /** Readable when there is something to poll. */
    public Descriptor descriptor() {
        return socket.descriptor();
    }

    /**
     * Dispatches the pending notifications.
     *
     * @param limit max datagrams, so that the caller can serve others
     * @return how many datagrams there were
     */
    public int poll(RtnetlinkHandler handler, int limit) {
        int count = 0;
        while (count < limit) {
            int length = socket.poll(buffer.segment);
            if (length == -Errno.EAGAIN) {
                reportOverrun(handler);
                break;
            }
            count++;
            if (length == -Errno.ENOBUFS || length > Buffer.BYTES) {
                overrun = true;
            } else if (length < 0 && length != -Errno.EINTR) {
                throw new LinuxException("recv", socket.name(), -length);
            } else if (!overrun) {
                dispatch(length, handler);
            }
        }
        return count;
    }

    @Override
    public void close() {
        socket.close();
    }

    /**
     * The kernel goes on dropping until the socket is empty ({@code netlink_overrun()}), so that only what is dumped
     * from then on is sure to be followed by what is notified.
     */
    private void reportOverrun(RtnetlinkHandler handler) {
        if (overrun) {
            overrun = false;
            handler.onOverrun();
        }
    }

    private void dispatch(int length, RtnetlinkHandler handler) {
        MessageReader messages = buffer.decoder.datagram(length);
        while (messages.next()) {
            if (messages.type() == Protocol.NLMSG_OVERRUN) {
                overrun = true;
            } else {
                buffer.decoder.dispatch(handler);
            }
        }
    }
}

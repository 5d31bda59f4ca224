package io.vireo.control.linux.netlink;

import io.vireo.control.linux.Errno;
import io.vireo.control.linux.LinuxException;
import io.vireo.control.linux.NetlinkSocket;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Where the answers to a request are read. Whoever makes a request takes one and releases it: there are as many as requests at
 * once, and not one for each of the sockets, of which a thousand routers have two thousand. Any thread takes; one uses.
 */
final class AnswerBuffer {
    private static final int BYTES = 256 * 1024;
    private static final ConcurrentLinkedDeque<AnswerBuffer> FREE = new ConcurrentLinkedDeque<>();

    private final MemorySegment segment = Arena.ofAuto().allocate(BYTES, Long.BYTES);
    private final MessageDecoder decoder = new MessageDecoder(new UnsafeBuffer(segment.asByteBuffer()));

    private AnswerBuffer() {}

    static AnswerBuffer take() {
        AnswerBuffer free = FREE.pollFirst();
        return free == null ? new AnswerBuffer() : free;
    }

    void release() {
        FREE.addFirst(this);
    }

    /**
     * Hands what is answered to the request of this sequence number to the handler, until its acknowledgement or its end.
     *
     * @param call   the request, for error messages
     * @param object what it was about, for error messages
     * @return false when what was dumped changed meanwhile
     */
    boolean read(NetlinkSocket socket, int sequence, String call, String object, RtnetlinkHandler handler) {
        boolean consistent = true;
        while (true) {
            MessageReader messages = decoder.datagram(receive(socket, call, object));
            while (messages.next()) {
                if (messages.sequence() != sequence) {
                    continue; // the rest of an answer that was given up
                }
                consistent &= (messages.flags() & Protocol.NLM_F_DUMP_INTR) == 0;
                switch (messages.type()) {
                    case Protocol.NLMSG_ERROR -> {
                        throwIfRefused(call, object);
                        return consistent;
                    }
                    case Protocol.NLMSG_DONE -> {
                        if (decoder.errorNumber() < 0) {
                            throw new LinuxException(call, object, -decoder.errorNumber());
                        }
                        return consistent;
                    }
                    default -> decoder.dispatch(handler);
                }
            }
        }
    }

    private int receive(NetlinkSocket socket, String call, String object) {
        int length = socket.receive(segment);
        while (length == -Errno.EINTR) {
            length = socket.receive(segment);
        }
        if (length < 0) {
            throw new LinuxException(call, object, -length);
        }
        if (length > BYTES) {
            throw new MalformedMessageException("a datagram of " + length + " bytes in answer to " + call);
        }
        return length;
    }

    private void throwIfRefused(String call, String object) {
        int error = decoder.errorNumber();
        if (error != 0) {
            throw new LinuxException(call, object, -error, decoder.errorText());
        }
    }
}

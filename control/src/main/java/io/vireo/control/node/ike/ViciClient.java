package io.vireo.control.node.ike;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;

/** A connection to charon's control socket (strongSwan's {@code vici/README.md}). One thread. */
final class ViciClient implements AutoCloseable {
    private static final int CMD_REQUEST = 0;
    private static final int CMD_RESPONSE = 1;
    private static final int EVENT_REGISTER = 3;
    private static final int EVENT_UNREGISTER = 4;
    private static final int EVENT_CONFIRM = 5;
    private static final int EVENT = 7;

    private static final int MAX_BYTES = 512 * 1024;

    private final SocketChannel channel;

    ViciClient(Path socket) throws IOException {
        channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Has charon do something, and returns its answer; what was written is wiped. */
    ViciMessage call(String command, ViciMessage.Writer arguments) throws IOException, ViciException {
        byte[] body = arguments.bytes();
        try {
            send(CMD_REQUEST, command, body);
        } finally {
            Arrays.fill(body, (byte) 0);
            arguments.wipe();
        }
        return answer(command, CMD_RESPONSE, event -> {});
    }

    /**
     * As {@link #call}.
     *
     * @throws ViciException when charon does not do it, with its reason
     */
    ViciMessage require(String command, ViciMessage.Writer arguments) throws IOException, ViciException {
        ViciMessage answer = call(command, arguments);
        if (!answer.value("success", "yes").equals("yes")) {
            throw new ViciException(command + ": " + answer.value("errmsg", "failed"));
        }
        return answer;
    }

    /** Has charon say something in events, one after the other. */
    void stream(String command, String event, Consumer<ViciMessage> consumer) throws IOException, ViciException {
        send(EVENT_REGISTER, event, new byte[0]);
        answer(event, EVENT_CONFIRM, early -> {});
        send(CMD_REQUEST, command, new byte[0]);
        answer(command, CMD_RESPONSE, consumer);
        send(EVENT_UNREGISTER, event, new byte[0]);
        answer(event, EVENT_CONFIRM, late -> {});
    }

    private void send(int type, String name, byte[] body) throws IOException {
        byte[] label = name.getBytes(StandardCharsets.US_ASCII);
        int bytes = 2 + label.length + body.length;
        ByteBuffer packet = ByteBuffer.allocateDirect(Integer.BYTES + bytes)
                .putInt(bytes)
                .put((byte) type)
                .put((byte) label.length)
                .put(label)
                .put(body)
                .flip();
        try {
            while (packet.hasRemaining()) {
                channel.write(packet);
            }
        } finally {
            for (int n = 0; n < packet.limit(); n++) {
                packet.put(n, (byte) 0);
            }
        }
    }

    private ViciMessage answer(String subject, int expected, Consumer<ViciMessage> events)
            throws IOException, ViciException {
        while (true) {
            ByteBuffer packet = receive();
            int type = packet.get();
            if (type == EVENT) {
                packet.position(packet.position() + 1 + Byte.toUnsignedInt(packet.get(packet.position())));
                events.accept(ViciMessage.parse(packet));
            } else if (type == expected) {
                return ViciMessage.parse(packet);
            } else {
                throw new ViciException(subject + ": charon does not know it");
            }
        }
    }

    private ByteBuffer receive() throws IOException, ViciException {
        int bytes = read(Integer.BYTES).getInt();
        if (bytes < 1 || bytes > MAX_BYTES) {
            throw new ViciException("a packet of " + bytes + " bytes");
        }
        return read(bytes);
    }

    private ByteBuffer read(int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new EOFException("charon has closed its control socket");
            }
        }
        return buffer.flip();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

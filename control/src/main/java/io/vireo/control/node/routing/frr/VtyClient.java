package io.vireo.control.node.routing.frr;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Speaks to one of FRR's daemons as vtysh does ({@code vtysh_client_execute()}): a command ends with a zero byte, its answer with three
 * of them and one that says whether it was taken. No process, no terminal, and each command's own refusal.
 */
final class VtyClient implements AutoCloseable {
    private static final long ANSWER_NS = TimeUnit.MILLISECONDS.toNanos(1_000);
    private static final int MAX_ANSWER_BYTES = 64 << 20;
    private static final int ZEROS = 3;

    private final SocketChannel channel;
    private final Selector selector;
    private ByteBuffer received = ByteBuffer.allocate(1 << 14);

    /** Connects to a daemon's socket. */
    VtyClient(Path socket) throws IOException {
        channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.configureBlocking(false);
            selector = Selector.open();
            channel.register(selector, SelectionKey.OP_READ);
            call("enable");
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Says a command and returns what is answered.
     *
     * @throws IOException when it is not taken, with the daemon's words, or not answered in time
     */
    String call(String command) throws IOException {
        if (command.chars().anyMatch(Character::isISOControl)) {
            throw new IOException("a command of FRR has no control characters");
        }
        ByteBuffer request = ByteBuffer.wrap((command + '\0').getBytes(StandardCharsets.UTF_8));
        while (request.hasRemaining()) {
            channel.write(request);
        }
        receive(System.nanoTime() + ANSWER_NS);
        int textBytes = received.position() - ZEROS - 1;
        byte status = received.get(received.position() - 1);
        String text = new String(received.array(), 0, textBytes, StandardCharsets.UTF_8);
        if (status != 0) {
            throw new IOException("'" + command + "' is not taken: " + text.strip());
        }
        return text;
    }

    private void receive(long deadlineNs) throws IOException {
        received.clear();
        while (!isComplete()) {
            long leftMs = TimeUnit.NANOSECONDS.toMillis(deadlineNs - System.nanoTime());
            if (leftMs <= 0) {
                throw new SocketTimeoutException("a daemon does not answer");
            }
            selector.select(leftMs);
            selector.selectedKeys().clear();
            if (!received.hasRemaining()) {
                grow();
            }
            if (channel.read(received) < 0) {
                throw new EOFException("a daemon has ended while it was asked");
            }
        }
    }

    private void grow() throws IOException {
        if (received.capacity() >= MAX_ANSWER_BYTES) {
            throw new IOException("a daemon's answer is longer than " + MAX_ANSWER_BYTES + " bytes");
        }
        received = ByteBuffer.allocate(2 * received.capacity()).put(received.flip());
    }

    private boolean isComplete() {
        int end = received.position() - 1;
        boolean isComplete = end >= ZEROS;
        for (int at = 1; isComplete && at <= ZEROS; at++) {
            isComplete = received.get(end - at) == 0;
        }
        return isComplete;
    }

    @Override
    public void close() throws IOException {
        selector.close();
        channel.close();
    }
}

package io.vireo.control.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests whose clients do not wait for the answer. */
@Timeout(60)
class AbandonedRequestTest {
    private static final int CLIENTS = 10;

    private ApiFixture fixture;

    @BeforeEach
    void start() throws IOException {
        fixture = new ApiFixture();
    }

    @AfterEach
    void stop() throws IOException {
        fixture.close();
    }

    @Test
    void shouldChangeNothingForAClientThatHasGone() throws IOException {
        // Nothing is committed while another change is being made.
        synchronized (fixture.desired) {
            for (int i = 0; i < CLIENTS; i++) {
                send(put(ApiFixture.EXAMPLE.replace("id: 101", "id: " + (200 + i))))
                        .close();
            }
        }
        fixture.client().put("/v1/config", ApiFixture.EXAMPLE);
        assertThat(fixture.node.applied()).hasSize(1);
    }

    @Test
    void shouldAnswerAClientThatSendsItsNextRequestAhead() throws IOException {
        SocketChannel channel;
        synchronized (fixture.desired) {
            channel = send(put(ApiFixture.EXAMPLE));
            write(channel, "GET /v1/status HTTP/1.1\r\nHost: vireo\r\nConnection: close\r\n\r\n");
        }
        try (channel) {
            String answers = new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answers).startsWith("HTTP/1.1 200 ").contains("Connection: close");
        }
        assertThat(fixture.desired.currentVersion().number()).isEqualTo(1);
    }

    private static String put(String document) {
        return "PUT /v1/config HTTP/1.1\r\nHost: vireo\r\nContent-Length: " + document.length() + "\r\n\r\n" + document;
    }

    private SocketChannel send(String request) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(fixture.socket));
        write(channel, request);
        return channel;
    }

    private static void write(SocketChannel channel, String text) throws IOException {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}

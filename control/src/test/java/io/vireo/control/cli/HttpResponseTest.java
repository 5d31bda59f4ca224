package io.vireo.control.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpResponseTest {
    private static final String CHUNKED =
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n7;x=y\r\n, world\r\n0\r\n\r\n";

    @Test
    void shouldReadABodyOfKnownLength() throws IOException {
        HttpResponse response = read("HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\nX-A:  b \r\n\r\nbodyrest");
        assertThat(response.status()).isEqualTo(404);
        assertThat(response.headers()).containsEntry("x-a", "b");
        assertThat(new String(response.body().readAllBytes(), StandardCharsets.US_ASCII))
                .isEqualTo("body");
    }

    @Test
    void shouldPutChunksTogether() throws IOException {
        assertThat(new String(read(CHUNKED).body().readAllBytes(), StandardCharsets.US_ASCII))
                .isEqualTo("hello, world");
    }

    @Test
    void shouldReadToTheEndWithoutALength() throws IOException {
        assertThat(new String(read("HTTP/1.1 200\r\n\r\nall").body().readAllBytes(), StandardCharsets.US_ASCII))
                .isEqualTo("all");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200",
                "SSH-2.0-OpenSSH\r\n\r\n",
                "HTTP/1.1 abc OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfour",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel"
            })
    void shouldRefuseDamagedAnswers(String text) {
        assertThatThrownBy(() -> read(text).body().readAllBytes()).isInstanceOf(IOException.class);
    }

    @Test
    void shouldNeverFailOtherwiseOnRandomDamage() {
        Random random = new Random(11);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = CHUNKED.getBytes(StandardCharsets.US_ASCII);
            for (int edits = random.nextInt(4); edits >= 0; edits--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try (InputStream body = HttpResponse.read(
                            new ByteArrayInputStream(bytes, 0, 1 + random.nextInt(bytes.length)))
                    .body()) {
                assertThat(body.readAllBytes()).hasSizeLessThan(bytes.length);
            } catch (IOException expected) {
                assertThat(expected.getMessage()).isNotBlank();
            }
        }
    }

    private static HttpResponse read(String text) throws IOException {
        return HttpResponse.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)));
    }
}

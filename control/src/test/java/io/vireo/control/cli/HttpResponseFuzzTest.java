package io.vireo.control.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** What comes over the control socket: status line, header fields, bodies of known length and in chunks. */
class HttpResponseFuzzTest {
    static Stream<byte[]> responses() {
        return Stream.of(
                        "HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\nX-A:  b \r\n\r\nbodyrest",
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7;x=y\r\n, world\r\n0\r\n\r\n",
                        "HTTP/1.1 200\r\n\r\nall",
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n+5\r\nhello\r\n0\r\n\r\n",
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7fffffffffffffff\r\nx",
                        "HTTP/1.1 200 OK\r\nContent-Length: 9223372036854775807\r\n\r\nx",
                        "HTTP/1.1 200 OK\r\nContent-Length: +1\r\n\r\nx",
                        "HTTP/1.1 200 OK\r\n: \r\n\r\n",
                        "SSH-2.0-OpenSSH\r\n\r\n")
                .map(text -> text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** A response has a status of three digits and a body no longer than what came, or reading fails with IOException. */
    @MethodSource("responses")
    @FuzzTest
    void shouldReadOrFailWithAnIoException(byte[] bytes) {
        try (HttpResponse response = HttpResponse.read(new ByteArrayInputStream(bytes))) {
            assertThat(response.status()).isBetween(100, 599);
            byte[] body = response.body().readAllBytes();
            assertThat(body.length).isLessThan(bytes.length);
            assertThat(response.body().read()).isEqualTo(-1);
            String length = response.headers().get("content-length");
            if (length != null && !"chunked".equalsIgnoreCase(response.headers().get("transfer-encoding"))) {
                assertThat(length).matches("[0-9]+");
                assertThat(Long.parseLong(length)).isEqualTo(body.length);
            }
        } catch (IOException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }
}

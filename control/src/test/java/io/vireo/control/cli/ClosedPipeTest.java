package io.vireo.control.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.api.ApiFixture;
import io.vireo.control.view.NodeEvent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Commands without end are over when nobody reads them any more. */
@Timeout(20)
class ClosedPipeTest {
    /** What {@code | head -1} leaves behind. */
    private static final class ClosedPipe extends OutputStream {
        @Override
        public void write(int value) throws IOException {
            throw new IOException("Broken pipe");
        }
    }

    @Test
    void shouldEndEventsWhenThePipeCloses() throws IOException {
        try (ApiFixture fixture = new ApiFixture()) {
            fixture.events.add(
                    new NodeEvent(Instant.EPOCH, NodeEvent.Severity.INFO, "port.state", "p1", "p1 is down", Map.of()));
            int status = VireoCli.run(
                    new PrintWriter(new ClosedPipe(), true, StandardCharsets.UTF_8),
                    new PrintWriter(new StringWriter()),
                    "events",
                    "--after",
                    "0",
                    "--socket",
                    fixture.socket.toString());
            assertThat(status).isEqualTo(ExitCode.DONE);
        }
    }

    @Test
    void shouldEndATableWhenThePipeCloses() {
        byte[] rows = ("[" + "{},".repeat(100_000)).getBytes(StandardCharsets.UTF_8); // and no end
        PrintWriter closed = new PrintWriter(new ClosedPipe(), false, StandardCharsets.UTF_8);
        assertThat(new TablePrinter(closed, Column.text("a", "/a")).print(answer(rows)))
                .isLessThan(100_000);
        assertThat(new TablePrinter(closed).printJson(answer(rows))).isLessThan(100_000);
    }

    @Test
    void shouldEndACaptureWhenThePipeCloses() throws IOException {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 1;
            }
        };
        CaptureCommand.copyUntilClosed(endless, new ClosedPipe());
        assertThat(endless.read()).isEqualTo(1);
    }

    private static HttpResponse answer(byte[] body) {
        return new HttpResponse(200, Map.of(), new ByteArrayInputStream(body));
    }
}

package io.vireo.control.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.api.ApiFixture;
import io.vireo.control.telemetry.EventLog;
import io.vireo.control.view.NodeEvent;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who follows events goes on when control is restarted, and hears of what is lost. */
@Timeout(60)
class EventsResumeTest {
    @Test
    void shouldGoOnAfterARestartAndSayWhatIsLost() throws IOException {
        try (ApiFixture fixture = new ApiFixture()) {
            fixture.events.add(event("before"));
            StringWriter out = new StringWriter();
            StringWriter err = new StringWriter();
            CompletableFuture<Integer> status = CompletableFuture.supplyAsync(() -> VireoCli.run(
                    new PrintWriter(out, true),
                    new PrintWriter(err, true),
                    "events",
                    "--after",
                    "0",
                    "-c",
                    "3",
                    "--socket",
                    fixture.socket.toString()));
            while (!out.toString().contains("before")) {
                LockSupport.parkNanos(1_000_000);
            }

            EventLog later = new EventLog(100, 1_000);
            later.add(event("after"));
            fixture.restart(later);

            assertThat(status.join()).isEqualTo(ExitCode.DONE);
            assertThat(out.toString().lines())
                    .containsExactly(
                            "2026-11-20T12:00:00Z info port.state p1: before",
                            "2026-11-20T12:00:00Z warning events.gap events: number 1 is of another log, of control"
                                    + " before its restart: what happened between is lost",
                            "2026-11-20T12:00:00Z info port.state p1: after");
            assertThat(err.toString()).contains("connecting again");
        }
    }

    private static NodeEvent event(String text) {
        Instant time = Instant.parse("2026-11-20T12:00:00Z");
        return new NodeEvent(time, NodeEvent.Severity.INFO, "port.state", "p1", text, Map.of());
    }
}

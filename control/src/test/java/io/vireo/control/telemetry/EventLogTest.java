package io.vireo.control.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.view.NodeEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class EventLogTest {
    private static final long LONG_MS = TimeUnit.MINUTES.toMillis(1);

    private final EventLog log = new EventLog(3);

    @Test
    void shouldNumberEventsAndKeepTheLatest() {
        assertThat(log.lastNumber()).isZero();
        assertThat(log.after(0)).isEmpty();
        for (String text : List.of("a", "b", "c", "d")) {
            log.add(event(text));
        }
        assertThat(log.lastNumber()).isEqualTo(4);
        // A reader that saw number 0 learns from number 2 that it missed one.
        assertThat(log.after(0)).extracting(NumberedEvent::number).containsExactly(2L, 3L, 4L);
        assertThat(log.after(3)).extracting(each -> each.event().text()).containsExactly("d");
        assertThat(log.after(9)).isEmpty();
    }

    @Test
    void shouldReturnAtOnceWhatIsThereAlready() throws InterruptedException {
        log.add(event("a"));
        assertThat(log.await(0, LONG_MS)).hasSize(1);
        assertThat(log.await(1, 0)).isEmpty();
    }

    @Test
    void shouldWakeAReaderThatWaits() throws ExecutionException, InterruptedException, TimeoutException {
        CompletableFuture<List<NumberedEvent>> read = CompletableFuture.supplyAsync(() -> {
            try {
                return log.await(0, LONG_MS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        log.add(event("a"));
        assertThat(read.get(LONG_MS, TimeUnit.MILLISECONDS)).hasSize(1);
    }

    private static NodeEvent event(String text) {
        return new NodeEvent(Instant.EPOCH, NodeEvent.Severity.INFO, "port.state", "p1", text, Map.of());
    }
}

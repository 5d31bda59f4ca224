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
    }

    @Test
    void shouldSayThatEventsAreLostWhoseReaderFellBehind() {
        List.of("a", "b", "c", "d", "e").forEach(text -> log.add(event(text)));
        assertThat(log.after(1)).extracting(NumberedEvent::number).containsExactly(2L, 3L, 4L, 5L);
        NodeEvent gap = log.after(1).getFirst().event();
        assertThat(gap.type()).isEqualTo(EventLog.GAP);
        assertThat(gap.details()).containsEntry("missed", "1");
        assertThat(log.after(2)).extracting(each -> each.event().text()).containsExactly("c", "d", "e");
    }

    @Test
    void shouldSayThatANumberIsOfALogBeforeARestart() throws InterruptedException {
        EventLog later = new EventLog(3, 1_000);
        assertThat(later.after(4)).extracting(each -> each.event().type()).containsExactly(EventLog.GAP);
        assertThat(later.after(2_000)).extracting(NumberedEvent::number).containsExactly(1_000L);
        later.add(event("f"));
        assertThat(later.await(4, LONG_MS)).extracting(NumberedEvent::number).containsExactly(1_000L, 1_001L);
        assertThat(later.after(4).getFirst().event().text()).startsWith("number 4 is of another log");
        assertThat(later.after(1_000)).extracting(NumberedEvent::number).containsExactly(1_001L);
        assertThat(later.after(0)).extracting(NumberedEvent::number).containsExactly(1_001L);
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

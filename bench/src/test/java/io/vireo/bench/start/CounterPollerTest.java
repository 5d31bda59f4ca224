package io.vireo.bench.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CounterPollerTest {
    @Test
    void shouldReadFromBeforeTheFirstPacketOn() throws Exception {
        AtomicLong counter = new AtomicLong();
        try (CounterPoller poller = CounterPoller.on(0)) {
            poller.begin(counter::get, System.nanoTime());
            counter.set(1000);
            long sawNs = System.nanoTime() + 50_000_000;
            while (System.nanoTime() < sawNs) {
                Thread.onSpinWait();
            }
            RateCurve curve = poller.stop();
            assertThat(curve.firstPacketNs()).isPositive().isLessThanOrEqualTo(curve.endNs());
        }
    }

    @Test
    void shouldSayWhyItCouldNotWatch() throws Exception {
        try (CounterPoller poller = CounterPoller.on(0)) {
            poller.begin(
                    () -> {
                        throw new IllegalStateException("unmapped");
                    },
                    0);
            assertThatThrownBy(poller::stop).hasRootCauseMessage("unmapped");
        }
    }
}

package io.vireo.control.desired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vireo.control.model.Configuration;
import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReadingLaneTest {
    private final AtomicLong nowNs = new AtomicLong();
    private final CountDownLatch mayEnd = new CountDownLatch(1);
    private final CountDownLatch reading = new CountDownLatch(1);
    private final AtomicBoolean ended = new AtomicBoolean();

    /** Reads until the guard or the test ends it. */
    private final ReadingLane lane = new ReadingLane(
            "lane",
            1,
            (document, guard) -> {
                try {
                    reading.countDown();
                    while (mayEnd.getCount() > 0) {
                        guard.check();
                        Thread.onSpinWait();
                    }
                    return Configuration.EMPTY;
                } finally {
                    ended.set(true);
                }
            },
            nowNs::get);

    @Test
    void shouldReadOnAPlatformThread() throws Exception {
        List<Thread> readers = new ArrayList<>();
        ReadingLane noting = new ReadingLane(
                "lane",
                1,
                (document, guard) -> {
                    readers.add(Thread.currentThread());
                    return Configuration.EMPTY;
                },
                nowNs::get);
        noting.read("", Caller.PATIENT);
        assertThat(readers).hasSize(1).allMatch(thread -> !thread.isVirtual() && thread.isDaemon());
    }

    @Test
    void shouldEndAReadingWhoseTimeIsOver() {
        try (ExecutorService client = Executors.newSingleThreadExecutor()) {
            Future<Configuration> waiting = client.submit(() -> lane.read("", Caller.PATIENT));
            awaitReading();
            nowNs.addAndGet(Limits.MAX_READING_NS + 1);
            assertThatThrownBy(waiting::get)
                    .cause()
                    .isInstanceOf(InvalidConfigurationException.class)
                    .hasMessage("the document takes longer than 30 s to read and check, which is as long as one may");
        }
        assertThat(ended).isTrue();
    }

    @Test
    void shouldGiveUpForACallerThatHasGone() {
        assertThatThrownBy(() -> lane.read("", () -> reading.getCount() == 0)).isInstanceOf(CallerGoneException.class);
        while (!ended.get()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void shouldRefuseOneMoreThanMayWait() throws Exception {
        try (ExecutorService clients = Executors.newCachedThreadPool()) {
            List<Future<Configuration>> waiting = new ArrayList<>();
            waiting.add(clients.submit(() -> lane.read("", Caller.PATIENT)));
            awaitReading();
            CountDownLatch refused = new CountDownLatch(1);
            for (int i = 0; i <= ReadingLane.MAX_WAITING; i++) {
                waiting.add(clients.submit(() -> {
                    try {
                        return lane.read("", Caller.PATIENT);
                    } catch (TooManyDocumentsException e) {
                        refused.countDown();
                        throw e;
                    }
                }));
            }
            refused.await();
            mayEnd.countDown();
            int failures = 0;
            for (Future<Configuration> each : waiting) {
                try {
                    each.get();
                } catch (ExecutionException e) {
                    assertThat(e.getCause()).isInstanceOf(TooManyDocumentsException.class);
                    failures++;
                }
            }
            assertThat(failures).isEqualTo(1);
        } finally {
            mayEnd.countDown();
        }
    }

    private void awaitReading() {
        try {
            reading.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

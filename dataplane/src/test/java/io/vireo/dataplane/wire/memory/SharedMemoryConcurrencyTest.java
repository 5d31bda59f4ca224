package io.vireo.dataplane.wire.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.wire.TestMemory;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.command.AllCommands;
import io.vireo.dataplane.wire.command.CommandAdapter;
import io.vireo.dataplane.wire.command.CountingCommandHandler;
import io.vireo.dataplane.wire.command.DataplaneProxy;
import io.vireo.dataplane.wire.counters.StatisticsOwner;
import io.vireo.dataplane.wire.counters.StatisticsReader;
import io.vireo.dataplane.wire.counters.StatisticsWriter;
import io.vireo.dataplane.wire.counters.TrafficCounts;
import io.vireo.dataplane.wire.memory.SharedMemoryException.Reason;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each test names its legal outcomes; anything else seen once in many rounds is a failure. */
@Timeout(60)
class SharedMemoryConcurrencyTest {
    @TempDir
    private Path directory;

    /** Legal: missing or not ready, or an earlier incarnation; then everything written before ready. */
    @Test
    void shouldShowEverythingWrittenBeforeReadyOnceReady() throws Exception {
        for (int round = 1; round <= 100; round++) {
            long number = round;
            SharedMemoryContext context = TestMemory.context(directory).startTimeMs(number);
            try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
                Future<Long> seen = threads.submit(() -> waitForIncarnation(number));
                try (SharedMemory dataplane = SharedMemory.create(context)) {
                    dataplane.statisticsWriter(1).portReceived(3, number, 0);
                    dataplane.ready();
                    assertThat(seen.get()).isEqualTo(number);
                }
            }
        }
    }

    private long waitForIncarnation(long incarnation) {
        while (true) {
            try (SharedMemory control = SharedMemory.map(directory.resolve("dataplane.shm"))) {
                if (control.incarnation() == incarnation) {
                    return control.statisticsReader().portCounts(3).rxPackets();
                }
            } catch (SharedMemoryException e) {
                assertThat(e.reason()).isIn(Reason.MISSING, Reason.NOT_READY, Reason.CLOSED);
            }
            Thread.onSpinWait();
        }
    }

    /**
     * The worker adds to txPackets, then to rxPackets; the reader reads them in the other order. Legal within a stable
     * generation: txPackets at least rxPackets, neither falls. Counts of two generations mixed would break that.
     */
    @Test
    void shouldNeverMixTheCountsOfTwoGenerations() throws Exception {
        try (SharedMemory dataplane = TestMemory.create(directory);
                SharedMemory control = SharedMemory.map(dataplane.path())) {
            var isDone = new AtomicBoolean();
            inParallel(List.of(
                    () -> {
                        countInGenerations(dataplane, 20_000);
                        isDone.set(true);
                        return 0;
                    },
                    () -> {
                        readGenerations(control.statisticsReader(), isDone);
                        return 0;
                    }));
            assertThat(control.statisticsReader().interfaceCounts(7).generation())
                    .isEqualTo(40_000);
        }
    }

    /** One thread, as the tables order a worker's counts and the conductor's zeros: never at once. */
    private static void countInGenerations(SharedMemory dataplane, int generations) {
        StatisticsWriter writer = dataplane.statisticsWriter(0);
        StatisticsOwner owner = dataplane.statisticsOwner();
        for (int i = 0; i < generations; i++) {
            for (int n = 0; n < 50; n++) {
                writer.interfaceSent(7, 1, 0);
                writer.interfaceReceived(7, 1, 0);
            }
            owner.zeroInterface(7);
        }
    }

    private static void readGenerations(StatisticsReader reader, AtomicBoolean isDone) {
        var last = new TrafficCounts(0, 0, 0, 0, 0, 0, 0, 0);
        while (!isDone.get()) {
            TrafficCounts now = reader.interfaceCounts(7);
            assertThat(now.generation() & 1).isZero();
            assertThat(now.generation()).isGreaterThanOrEqualTo(last.generation());
            assertThat(now.txPackets()).isBetween(now.rxPackets(), 50L);
            if (now.generation() == last.generation()) {
                assertThat(now.rxPackets()).isGreaterThanOrEqualTo(last.rxPackets());
                assertThat(now.txPackets()).isGreaterThanOrEqualTo(last.txPackets());
            }
            last = now;
        }
    }

    /** Legal: every command once, those of one thread in their order. */
    @Test
    void shouldTakeEveryCommandOfSeveralThreadsOnceAndInTheirOrder() throws Exception {
        try (SharedMemory dataplane = TestMemory.create(directory);
                SharedMemory control = SharedMemory.map(dataplane.path())) {
            int threads = 3;
            int commands = 20_000;
            var proxy = new DataplaneProxy(control, 10_000_000_000L);
            List<Callable<Integer>> work = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                int router = thread;
                work.add(() -> send(proxy, router, commands));
            }
            var handler = new OrderCheckingHandler(threads);
            work.add(() -> pollUntil(new CommandAdapter(dataplane, AllCommands.of(handler)), threads * commands));
            inParallel(work);
            assertThat(handler.last).containsOnly(commands - 1);
        }
    }

    private static int send(DataplaneProxy proxy, int router, int commands) {
        for (int i = 0; i < commands; i++) {
            assertThat(proxy.tables().removeRoute(i, router, AddressFamily.IPV4, 0, (long) router << 8, 24))
                    .isTrue();
        }
        return commands;
    }

    private static int pollUntil(CommandAdapter adapter, int commands) {
        int taken = 0;
        while (taken < commands) {
            taken += adapter.poll(System.nanoTime(), 100);
        }
        return taken;
    }

    private static final class OrderCheckingHandler extends CountingCommandHandler {
        final long[] last;

        OrderCheckingHandler(int threads) {
            last = new long[threads];
            Arrays.fill(last, -1);
        }

        @Override
        public void onRemoveRoute(
                long correlationId, int routerId, AddressFamily family, long high, long low, int prefixLength) {
            assertThat(low).isEqualTo((long) routerId << 8);
            assertThat(correlationId).isEqualTo(++last[routerId]);
        }
    }

    private static void inParallel(List<Callable<Integer>> work) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(work.size())) {
            List<Future<Integer>> results = new ArrayList<>();
            for (Callable<Integer> each : work) {
                results.add(threads.submit(each));
            }
            for (Future<Integer> each : results) {
                each.get();
            }
        }
    }
}

package io.vireo.bench.start;

import io.vireo.dpdk.CoreAffinity;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Reads a counter about every millisecond, on a thread of its own, until it is closed. It sleeps between readings, but at the
 * scheduler's highest ordinary weight: on a small machine conductor and JIT are on its CPU too. Used by one thread.
 */
final class CounterPoller implements AutoCloseable {
    private static final String THREAD = "counter-poller";
    private static final long PERIOD_NS = TimeUnit.MILLISECONDS.toNanos(1);

    /** A minute's at least: readings come no faster than their period. */
    private static final int MAX_READINGS = 60_000;

    private final int cpu;
    private final CountDownLatch awake = new CountDownLatch(1);
    private final CompletableFuture<Watched> watched = new CompletableFuture<>();
    private final CountDownLatch first = new CountDownLatch(1);
    private final FutureTask<RateCurve> readings = new FutureTask<>(this::read);
    private volatile boolean stopped;

    /** What is read, and the moment that becomes zero. */
    private record Watched(LongSupplier counter, long originNs) {}

    private CounterPoller(int cpu) {
        this.cpu = cpu;
    }

    /** Makes the thread, which takes a moment, so that it is there when something is to be watched. */
    static CounterPoller on(int cpu) throws IOException, InterruptedException {
        CounterPoller poller = new CounterPoller(cpu);
        Thread.ofPlatform().name(THREAD).daemon().start(poller.readings);
        poller.awake.await();
        ThreadPriority.raise(ProcessHandle.current().pid(), THREAD);
        return poller;
    }

    /**
     * Begins; returns when the first reading was made.
     *
     * @param counter asked by the watching thread
     * @param originNs the moment that becomes zero, by {@link System#nanoTime}
     */
    void begin(LongSupplier counter, long originNs) throws InterruptedException {
        watched.complete(new Watched(counter, originNs));
        first.await();
    }

    private RateCurve read() throws ExecutionException, InterruptedException {
        try {
            CoreAffinity.pin(cpu);
            awake.countDown();
            return read(watched.get());
        } finally {
            awake.countDown();
            first.countDown();
        }
    }

    private RateCurve read(Watched target) {
        long[] timesNs = new long[MAX_READINGS];
        long[] packets = new long[MAX_READINGS];
        int count = 0;
        while (!stopped && count < MAX_READINGS) {
            packets[count] = target.counter().getAsLong();
            timesNs[count] = System.nanoTime() - target.originNs();
            count++;
            first.countDown();
            LockSupport.parkNanos(PERIOD_NS);
        }
        return new RateCurve(Arrays.copyOf(timesNs, count), Arrays.copyOf(packets, count));
    }

    /** Ends it and returns what was read. */
    RateCurve stop() throws InterruptedException {
        stopped = true;
        try {
            return readings.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the counters could not be watched", e.getCause());
        }
    }

    /** Ends it, whether it has begun or not. */
    @Override
    public void close() {
        stopped = true;
        readings.cancel(true);
    }
}

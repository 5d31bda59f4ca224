package io.vireo.bench.demo.lab;

import io.vireo.bench.demo.lab.Disturbance.Piece;
import io.vireo.bench.process.CpuTimes;
import io.vireo.bench.process.ThreadSchedule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Reads during a measurement how long its threads wait for a CPU and how much the hypervisor withholds: at both ends for the
 * whole, and every {@value #PERIOD_MS} ms piece by piece. The kernel adds a wait when it ends, so that one long wait is
 * one step of the counter, however many readings it lasts. Used by one thread; the readings between are made by another, whose own
 * lateness shows a machine that stood still ({@link Standstill}), as do CPUs that count nothing ({@link StuckCpus}).
 */
public final class DisturbanceMonitor implements AutoCloseable {
    private static final long PERIOD_MS = 20;

    /** Between two readings. */
    static final long PERIOD_NS = TimeUnit.MILLISECONDS.toNanos(PERIOD_MS);

    private final List<ThreadSet> watched;
    private final Map<Path, Long> startWaitsNs;
    private final long startStealNs;
    private final Thread sampler =
            Thread.ofPlatform().daemon().name("disturbance").unstarted(this::sampleUntilClosed);
    private volatile boolean closed;
    private final Map<Path, Long> lastWaitsNs; // the sampler's, until it ended
    private long lastStealNs; // likewise
    private final List<Piece> pieces = new ArrayList<>(); // likewise
    private final Standstill standstill = new Standstill(PERIOD_NS); // likewise
    private final StuckCpus stuckCpus = new StuckCpus(); // likewise
    private long standstillNs; // likewise

    private DisturbanceMonitor(List<ThreadSet> watched) throws IOException {
        this.watched = watched;
        startWaitsNs = waits(watched);
        startStealNs = stealNs(CpuTimes.now());
        lastWaitsNs = new HashMap<>(startWaitsNs);
        lastStealNs = startStealNs;
    }

    /** Begins. */
    public static DisturbanceMonitor start(ThreadSet... watched) throws IOException {
        DisturbanceMonitor monitor = new DisturbanceMonitor(List.of(watched));
        monitor.sampler.start();
        return monitor;
    }

    /** What was taken since: of the threads that are there now, and from their start of those that are new. */
    public Disturbance stop() throws IOException, InterruptedException {
        close();
        sampler.join();
        sample(CpuTimes.now(), 0);
        String longest = "any thread";
        long maxWaitNs = 0;
        for (Map.Entry<Path, Long> thread : waits(watched).entrySet()) {
            long waitNs = thread.getValue() - startWaitsNs.getOrDefault(thread.getKey(), 0L);
            if (waitNs > maxWaitNs) {
                maxWaitNs = waitNs;
                longest = ThreadSet.name(thread.getKey());
            }
        }
        return new Disturbance(longest, maxWaitNs, lastStealNs - startStealNs, standstillNs, pieces);
    }

    @Override
    public void close() {
        closed = true;
    }

    private void sampleUntilClosed() {
        try {
            while (!closed) {
                standstill.begin(Standstill.Reading.now());
                TimeUnit.MILLISECONDS.sleep(PERIOD_MS);
                CpuTimes times = CpuTimes.now();
                sample(
                        times,
                        Math.max(standstill.end(Standstill.Reading.now()), stuckCpus.read(System.nanoTime(), times)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sample(CpuTimes times, long stoodStillNs) {
        long stealNs = stealNs(times);
        long maxWaitNs = 0;
        for (Map.Entry<Path, Long> thread : lastWaitsNs.entrySet()) {
            long waitNs = wait(thread.getKey(), thread.getValue());
            maxWaitNs = Math.max(maxWaitNs, waitNs - thread.getValue());
            thread.setValue(waitNs);
        }
        // The most that the machine can have taken: a thread may have waited before its CPU stood still, or while
        // it did. A line is called failed only for what is beyond.
        pieces.add(new Piece(System.nanoTime(), maxWaitNs + stealNs - lastStealNs + stoodStillNs));
        lastStealNs = stealNs;
        standstillNs += stoodStillNs;
    }

    private static Map<Path, Long> waits(List<ThreadSet> watched) throws IOException {
        Map<Path, Long> waits = new HashMap<>();
        for (ThreadSet threads : watched) {
            for (Path thread : threads.now()) {
                waits.put(thread, wait(thread, 0));
            }
        }
        return waits;
    }

    /** What a thread has waited; what it had before when it has ended. */
    private static long wait(Path thread, long beforeNs) {
        try {
            return ThreadSchedule.of(thread).waitNs();
        } catch (IOException _) {
            return beforeNs;
        }
    }

    private static long stealNs(CpuTimes times) {
        return TimeUnit.MILLISECONDS.toNanos(times.stolenMs());
    }
}

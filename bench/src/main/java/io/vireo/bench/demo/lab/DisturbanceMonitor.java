package io.vireo.bench.demo.lab;

import io.vireo.bench.process.StealTime;
import io.vireo.bench.process.ThreadSchedule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Reads, at both ends of a measurement, how long its threads waited for a CPU and how much the hypervisor withheld. One
 * thread.
 */
public final class DisturbanceMonitor {
    private final List<ThreadSet> watched;
    private final Map<Path, Long> waitsNs;
    private final long stealMs;

    private DisturbanceMonitor(List<ThreadSet> watched) throws IOException {
        this.watched = watched;
        this.waitsNs = waits(watched);
        this.stealMs = StealTime.totalMilliseconds();
    }

    /** Begins. */
    public static DisturbanceMonitor start(ThreadSet... watched) throws IOException {
        return new DisturbanceMonitor(List.of(watched));
    }

    /** What was taken since: of the threads that are there now, and from their start of those that are new. */
    public Disturbance stop() throws IOException {
        String longest = "any thread";
        long maxWaitNs = 0;
        for (Map.Entry<Path, Long> thread : waits(watched).entrySet()) {
            long waitNs = thread.getValue() - waitsNs.getOrDefault(thread.getKey(), 0L);
            if (waitNs > maxWaitNs) {
                maxWaitNs = waitNs;
                longest = ThreadSet.name(thread.getKey());
            }
        }
        return new Disturbance(
                longest, maxWaitNs, TimeUnit.MILLISECONDS.toNanos(StealTime.totalMilliseconds() - stealMs));
    }

    private static Map<Path, Long> waits(List<ThreadSet> watched) throws IOException {
        Map<Path, Long> waits = new HashMap<>();
        for (ThreadSet threads : watched) {
            for (Path thread : threads.now()) {
                try {
                    waits.put(thread, ThreadSchedule.of(thread).waitNs());
                } catch (IOException _) {
                    // It has ended, and with it what it waited.
                }
            }
        }
        return waits;
    }
}

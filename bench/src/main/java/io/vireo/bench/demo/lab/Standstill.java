package io.vireo.bench.demo.lab;

import io.vireo.bench.process.ThreadSchedule;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Finds by a thread's own sleeps whether the machine stood still: it woke later than it asked for, and neither waited for a CPU
 * meanwhile nor for its own garbage collector, so no timer interrupt came. That is a virtual machine whose processors were all taken
 * away at once, which some hypervisors do not count as steal. Single ones are found by {@link StuckCpus}. Used by the thread that
 * sleeps.
 */
final class Standstill {
    /** Timers are late by some slack always, and the collector counts whole milliseconds. */
    private static final long RESOLUTION_NS = TimeUnit.MILLISECONDS.toNanos(4);

    private final long periodNs;
    private Reading before = new Reading(0, 0, 0);

    /**
     * The clocks of the sleeping thread.
     *
     * @param timeNs {@link System#nanoTime}
     * @param waitNs how long it was on a run queue so far, ns
     * @param collectionNs how long its JVM collected garbage so far, ns
     */
    record Reading(long timeNs, long waitNs, long collectionNs) {
        static Reading now() throws IOException {
            long collectionMs = 0;
            for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
                collectionMs += Math.max(0, collector.getCollectionTime());
            }
            return new Reading(
                    System.nanoTime(),
                    ThreadSchedule.of(Path.of("/proc/thread-self")).waitNs(),
                    TimeUnit.MILLISECONDS.toNanos(collectionMs));
        }
    }

    /** @param periodNs how long each sleep shall last, ns */
    Standstill(long periodNs) {
        this.periodNs = periodNs;
    }

    void begin(Reading reading) {
        before = reading;
    }

    /** Returns how long the machine stood still since {@link #begin}, ns; 0 when the thread was as late as threads are. */
    long end(Reading reading) {
        long lateNs = reading.timeNs - before.timeNs - periodNs;
        long ownNs = reading.waitNs - before.waitNs + reading.collectionNs - before.collectionNs;
        return lateNs - ownNs < RESOLUTION_NS ? 0 : lateNs - ownNs;
    }
}

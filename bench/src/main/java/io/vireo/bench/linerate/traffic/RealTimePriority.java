package io.vireo.bench.linerate.traffic;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Gives threads real-time priority while a trial lasts, and lets the machine rest before the next. The
 * generator's thread.
 *
 * <p>Ordinary threads do not suffice, at nice -20 neither: any thread that wakes on their CPU may run to the next tick,
 * which is 4 ms at 250 Hz, and groups of threads share evenly, whatever the niceness inside. Real-time threads give way to
 * interrupts only. But one that polls must not be one for long: the JVM's own threads, the kernel's and everybody else's
 * wait for it, and Linux takes its CPU away for 50 ms of each second ({@code sched_rt_runtime_us}).
 *
 * <p>The rest is for them, and for the hypervisor: a virtual machine whose CPUs are all at work for all of the time uses up
 * what it is granted in a tenth of a second, and stands still for its remainder.
 */
final class RealTimePriority {
    /** No threads: trials as the machine lets them be. */
    static final RealTimePriority NONE = new RealTimePriority(List.of());

    /** No trial may be longer: with the rest after it, the real-time share of a second is below what Linux allows. */
    static final long MAX_TRIAL_NS = TimeUnit.MILLISECONDS.toNanos(600);

    static final long MIN_REST_NS = TimeUnit.MILLISECONDS.toNanos(20);

    /** The rest is at least this part of the trial before. */
    private static final int REST_DIVISOR = 2;

    private final List<Integer> threads;
    private long restNs = MIN_REST_NS;

    /** @param threads Linux's numbers of them, of whichever processes */
    RealTimePriority(List<Integer> threads) {
        this.threads = List.copyOf(threads);
    }

    /**
     * Rests, then makes a trial with real-time priority.
     *
     * @param durationNs how long it takes, nanoseconds
     * @throws IllegalArgumentException when that is too long
     * @throws IllegalStateException when a thread is not there, or this user may not
     */
    <T> T during(long durationNs, Supplier<T> trial) throws InterruptedException {
        if (threads.isEmpty()) {
            return trial.get();
        }
        if (durationNs > MAX_TRIAL_NS) {
            throw new IllegalArgumentException("durationNs: " + durationNs + " is more than " + MAX_TRIAL_NS
                    + ", the longest with real-time priority");
        }
        TimeUnit.NANOSECONDS.sleep(restNs);
        long startNs = System.nanoTime();
        try {
            threads.forEach(SchedulingPolicy.FIFO::apply);
            return trial.get();
        } finally {
            threads.forEach(SchedulingPolicy.OTHER::apply);
            restNs = Math.max(MIN_REST_NS, (System.nanoTime() - startNs) / REST_DIVISOR);
        }
    }
}

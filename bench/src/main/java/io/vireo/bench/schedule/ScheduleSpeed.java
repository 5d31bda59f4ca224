package io.vireo.bench.schedule;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * A quick look at the scheduler's speed without JMH: {@code ScheduleSpeed [seconds [classes]]}. It counts the thread's own CPU
 * time, so that a busy machine does not look like a slow scheduler.
 */
public final class ScheduleSpeed {
    private static final int[] CLASS_COUNTS = {1_000, 10_000, 100_000};
    private static final int STEPS_PER_LOOK = 10_000;

    private ScheduleSpeed() {}

    /** Prints packets enqueued and dequeued per second for each number of classes. */
    public static void main(String[] args) {
        double seconds = args.length > 0 ? Double.parseDouble(args[0]) : 3;
        int[] classCounts = args.length > 1 ? new int[] {Integer.parseInt(args[1])} : CLASS_COUNTS;
        for (int count : classCounts) {
            ScheduleLoad load = new ScheduleLoad(count);
            run(load, seconds);
            double rate = run(load, seconds);
            System.out.printf(
                    "%,d classes: %.1f Mpps, %.0f ns a packet, %.0f %% by guarantee%n",
                    count, rate / 1e6, 1e9 / rate, 100 * load.guaranteedShare());
        }
    }

    private static double run(ScheduleLoad load, double seconds) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long startNs = threads.getCurrentThreadCpuTime();
        long endNs = startNs + (long) (seconds * 1e9);
        long packets = 0;
        while (threads.getCurrentThreadCpuTime() < endNs) {
            for (int i = 0; i < STEPS_PER_LOOK; i++) {
                packets += load.step();
            }
        }
        return (double) packets * 1e9 / (double) (threads.getCurrentThreadCpuTime() - startNs);
    }
}

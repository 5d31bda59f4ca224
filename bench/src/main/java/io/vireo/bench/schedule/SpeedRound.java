package io.vireo.bench.schedule;

import io.vireo.bench.report.NotMeasuredException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * One round of one scheduler: all packets in, each class's order verified over three times as many, then as fast as it
 * goes, then all packets out. One thread.
 */
final class SpeedRound {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int VERIFIED_ROUNDS = 3;
    private static final int STEPS_PER_LOOK = 1_000;

    private SpeedRound() {}

    /**
     * Packets enqueued and dequeued per second of this thread's CPU time.
     *
     * @param cpuNs how long to measure
     * @throws NotMeasuredException when packets were lost, came twice or out of order
     */
    static double packetsPerSecond(String name, PacketScheduler scheduler, Load load, Packets packets, long cpuNs) {
        PacketLoop loop = new PacketLoop(name, scheduler, load);
        loop.fill(packets.all());
        for (long left = (long) VERIFIED_ROUNDS * load.packets(); left > 0; ) {
            left -= moved(name, loop.verifiedStep());
        }
        long startNs = THREADS.getCurrentThreadCpuTime();
        long nowNs = startNs;
        long count = 0;
        while (nowNs - startNs < cpuNs) {
            long before = count;
            for (int i = 0; i < STEPS_PER_LOOK; i++) {
                count += loop.step();
            }
            moved(name, count - before);
            nowNs = THREADS.getCurrentThreadCpuTime();
        }
        loop.drain(packets.all());
        return (double) count * 1e9 / (double) (nowNs - startNs);
    }

    /** A scheduler that is full and gives nothing any more would make the loop endless. */
    private static long moved(String name, long count) {
        if (count == 0) {
            throw new NotMeasuredException(name + " stopped giving packets");
        }
        return count;
    }
}

package io.vireo.bench.forward;

import io.vireo.bench.report.NotMeasuredException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A rate, taken between two readings of the counters.
 *
 * @param packetsPerSecond packets per second of the forwarding thread's CPU time: what one core does, also while the
 *     machine takes the core away for other work
 * @param coreShare share of the time in which the thread had its core; 1 on a machine that does nothing else
 */
public record Sample(double packetsPerSecond, double coreShare) {
    /** Packets that may be between the two counters of a running forwarder: a few bursts and what counts in batches. */
    private static final long MAX_IN_FLIGHT_PACKETS = 4096;

    /**
     * The samples between two readings of several threads.
     *
     * @throws NotMeasuredException when what one of them sent is not what it received
     */
    public static List<Sample> between(List<PacketCounts> before, List<PacketCounts> after) {
        return IntStream.range(0, before.size())
                .mapToObj(thread -> between(before.get(thread), after.get(thread)))
                .toList();
    }

    /**
     * The sample between two readings.
     *
     * @throws NotMeasuredException when what was sent is not what was received
     */
    static Sample between(PacketCounts before, PacketCounts after) {
        long received = after.receivedPackets() - before.receivedPackets();
        long sent = after.sentPackets() - before.sentPackets();
        long lost = after.lostPackets() - before.lostPackets();
        if (lost != 0 || Math.abs(received - sent) > MAX_IN_FLIGHT_PACKETS) {
            throw new NotMeasuredException(
                    "received " + received + " packets, sent " + sent + ", dropped or punted " + lost);
        }
        if (sent == 0) {
            throw new NotMeasuredException("no packet was forwarded");
        }
        double cpuNs = after.cpuTimeNs() - before.cpuTimeNs();
        if (cpuNs <= 0) {
            throw new NotMeasuredException("the forwarding thread did not run");
        }
        return new Sample(sent * 1e9 / cpuNs, cpuNs / (after.timeNs() - before.timeNs()));
    }
}

package io.vireo.bench.forward;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Takes rates from a running forwarder.
 *
 * @param warmUp time before the first sample: caches, the JIT
 * @param samples how many samples
 * @param length of each
 */
record Sampler(Duration warmUp, int samples, Duration length) {
    /** Packets that may be between the two counters of a running forwarder: a few bursts and what counts in batches. */
    private static final long MOST_IN_FLIGHT = 4096;

    /** Rates in packets per second, one per sample. */
    List<Double> run(Forwarder forwarder) throws IOException, InterruptedException {
        TimeUnit.NANOSECONDS.sleep(warmUp.toNanos());
        List<Double> rates = new ArrayList<>();
        PacketCounts before = forwarder.counts();
        for (int sample = 0; sample < samples; sample++) {
            TimeUnit.NANOSECONDS.sleep(length.toNanos());
            PacketCounts after = forwarder.counts();
            rates.add(rate(before, after));
            before = after;
        }
        forwarder.verify();
        return rates;
    }

    /**
     * The rate between two readings.
     *
     * @throws MisforwardedException when what was sent is not what was received
     */
    static double rate(PacketCounts before, PacketCounts after) {
        long received = after.receivedPackets() - before.receivedPackets();
        long sent = after.sentPackets() - before.sentPackets();
        long lost = after.lostPackets() - before.lostPackets();
        if (lost != 0 || Math.abs(received - sent) > MOST_IN_FLIGHT) {
            throw new MisforwardedException(
                    "received " + received + " packets, sent " + sent + ", dropped or punted " + lost);
        }
        if (sent == 0) {
            throw new MisforwardedException("no packet was forwarded");
        }
        return sent * 1e9 / (after.timeNs() - before.timeNs());
    }
}

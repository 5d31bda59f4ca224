package io.vireo.bench.forward;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Takes rates from a running forwarder.
 *
 * @param warmUp CPU time of the forwarding thread before the first sample: caches, the JIT
 * @param samples how many samples
 * @param length of each
 */
public record Sampler(Duration warmUp, int samples, Duration length) {
    private static final int MAX_WARM_UP_FACTOR = 5;

    /** Samples one after another, each of all threads; refuses them all when packets were misrouted. */
    List<List<Sample>> run(Forwarder forwarder) throws IOException, InterruptedException {
        warmUp(forwarder);
        List<List<Sample>> taken = new ArrayList<>();
        List<PacketCounts> before = forwarder.counts();
        for (int sample = 0; sample < samples; sample++) {
            TimeUnit.NANOSECONDS.sleep(length.toNanos());
            List<PacketCounts> after = forwarder.counts();
            taken.add(Sample.between(before, after));
            before = after;
        }
        forwarder.verify();
        return taken;
    }

    /** Waits until the first thread has run for the warm-up time, or the machine has let it run too little for too long. */
    private void warmUp(Forwarder forwarder) throws IOException, InterruptedException {
        PacketCounts start = forwarder.counts().getFirst();
        PacketCounts now = start;
        while (now.cpuTimeNs() - start.cpuTimeNs() < warmUp.toNanos()
                && now.timeNs() - start.timeNs() < MAX_WARM_UP_FACTOR * warmUp.toNanos()) {
            TimeUnit.MILLISECONDS.sleep(100);
            now = forwarder.counts().getFirst();
        }
    }
}

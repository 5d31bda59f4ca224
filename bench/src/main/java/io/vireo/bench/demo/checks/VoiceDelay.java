package io.vireo.bench.demo.checks;

import io.vireo.bench.demo.lab.ClassMeasure;
import io.vireo.bench.demo.lab.DemoCheck;
import io.vireo.bench.demo.lab.DemoNode;
import io.vireo.bench.demo.lab.Disturbance;
import io.vireo.bench.demo.lab.DisturbanceMonitor;
import io.vireo.bench.demo.lab.Excuse;
import io.vireo.bench.demo.lab.Flood;
import io.vireo.bench.demo.lab.IpFamily;
import io.vireo.bench.demo.lab.Lab;
import io.vireo.bench.demo.lab.NumberedStream;
import io.vireo.bench.demo.lab.Outcome;
import io.vireo.bench.demo.lab.ShapedLine;
import io.vireo.bench.demo.lab.ThreadSet;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/**
 * Voice packets of blue keep their delay while blue's own bulk and all of red flood the line.
 *
 * <p>The bound is the delay of the class's curve, and the time the longest frame needs: it may be on the line already
 * when the voice packet comes (the paper's theorem 2). Delays are those of the class's histogram: from the scheduler's
 * queue in until out. All but a thousandth must keep the bound; the longest is printed, for a virtual machine whose
 * processor was taken away for a while keeps no bound.
 *
 * <p>Disturbed: the delay, when the worker, or what brings it the packets, waited for a CPU, while a packet waited, as long as what is
 * beyond half the bound, for packets that were held up come all at once, and more than the class is guaranteed; a loss, when the worker or
 * the receiver waited until the ring of the port was full; each with what the hypervisor withheld.
 */
public final class VoiceDelay implements DemoCheck {
    private static final int PORT = 5403;
    private static final int PACKETS_PER_SECOND = 400;
    private static final int PAYLOAD_BYTES = 200;
    private static final Duration INTERVAL = Duration.ofSeconds(3);

    private final DemoNode node;
    private final Lab lab;
    private final int dscp;
    private final long boundNs;

    /**
     * @param dscp marks a voice packet
     * @param guaranteed delay of its class
     */
    public VoiceDelay(DemoNode node, Lab lab, int dscp, Duration guaranteed) {
        this.node = node;
        this.lab = lab;
        this.dscp = dscp;
        this.boundNs = guaranteed.toNanos()
                + 1_000_000_000L * Byte.SIZE * ShapedLine.MAX_FRAME_BYTES / ShapedLine.BITS_PER_SECOND;
    }

    @Override
    public String claim() {
        return "blue's voice keeps its delay under two floods";
    }

    @Override
    public Outcome measure() throws IOException, InterruptedException {
        NumberedStream.Pace pace = new NumberedStream.Pace(PACKETS_PER_SECOND, PAYLOAD_BYTES, dscp, 0);
        try (Flood _ = Flood.start(lab, "blue", lab.host("blue-h1"), lab.host("blue-h3"));
                Flood _ = Flood.start(lab, "red", lab.host("red-h1"), lab.host("red-h3"))) {
            NumberedStream stream =
                    NumberedStream.start(lab.host("blue-h1"), lab.host("blue-h3"), IpFamily.IPV4, PORT, pace);
            try (DisturbanceMonitor queueing = DisturbanceMonitor.start(node.workers(), ThreadSet.softIrqs());
                    DisturbanceMonitor receiving =
                            DisturbanceMonitor.start(node.workers(), ThreadSet.softIrqs(), NumberedStream.receiver())) {
                Map<String, ClassMeasure> classes = node.classes(INTERVAL);
                Disturbance ofDelay = queueing.stop();
                Disturbance ofLoss = receiving.stop();
                NumberedStream.Report report = stream.stop();
                ClassMeasure voice = classes.get(ShapedLine.VOICE_CLASS);
                ClassMeasure bulk = classes.get(ShapedLine.BULK_CLASS);
                return voice == null || bulk == null
                        ? Outcome.of(false, "`vireo show classes` knows only " + classes.keySet())
                        : delay(boundNs, ofDelay, voice, bulk).and(loss(ofLoss, report));
            }
        }
    }

    static Outcome delay(long boundNs, Disturbance disturbance, ClassMeasure voice, ClassMeasure bulk) {
        return Outcome.of(
                voice.sentPackets() > 0 && voice.p999Ns() <= boundNs,
                voice.sentPackets() == 0 ? Excuse.NONE : Excuse.ofCountedDelay(voice.p999Ns(), boundNs),
                disturbance,
                String.format(
                        Locale.ROOT,
                        "%d packets: p50 %.3f, p99 %.3f, p99.9 %.3f, max %.3f ms (bound %.2f ms); bulk beside it: p50 %.0f ms",
                        voice.sentPackets(),
                        voice.p50Ns() / 1e6,
                        voice.p99Ns() / 1e6,
                        voice.p999Ns() / 1e6,
                        voice.maxNs() / 1e6,
                        boundNs / 1e6,
                        bulk.p50Ns() / 1e6));
    }

    static Outcome loss(Disturbance disturbance, NumberedStream.Report report) {
        return Outcome.of(
                report.received() > 0 && report.lost() == 0,
                report.received() == 0
                        ? Excuse.NONE
                        : Excuse.ofLoss(Flood.PORT_RING_FRAMES, Flood.PACKETS_PER_SECOND + PACKETS_PER_SECOND),
                disturbance,
                report.lost() + " lost");
    }
}

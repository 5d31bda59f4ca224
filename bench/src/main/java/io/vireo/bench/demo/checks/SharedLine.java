package io.vireo.bench.demo.checks;

import io.vireo.bench.demo.lab.ClassMeasure;
import io.vireo.bench.demo.lab.DemoCheck;
import io.vireo.bench.demo.lab.DemoNode;
import io.vireo.bench.demo.lab.Disturbance;
import io.vireo.bench.demo.lab.DisturbanceMonitor;
import io.vireo.bench.demo.lab.Excuse;
import io.vireo.bench.demo.lab.Flood;
import io.vireo.bench.demo.lab.Lab;
import io.vireo.bench.demo.lab.Outcome;
import io.vireo.bench.demo.lab.Reception;
import io.vireo.bench.demo.lab.ShapedLine;
import io.vireo.bench.demo.lab.ThreadSet;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * blue and red flood their shaped line with iperf3, and each gets what it was guaranteed, within a hundredth: by the
 * counters of its class, and by those of the receiving host's kernel.
 *
 * <p>The line is a wire between two ports of the node, with a VLAN each for blue and red, so that Vireo itself takes the
 * tags off again and the hosts are ordinary ones; VLAN devices, or a bridge that knows VLANs, are not in every kernel.
 *
 * <p>Guarantees are rates on the line: a frame counts with its VLAN tag and with the 24 bytes of preamble, FCS and gap. The host's
 * kernel sees neither; {@link ShapedLine#OVERHEAD_BYTES} per frame are added to what it counted. Of a full frame's 1,542 bytes,
 * 1,472 are UDP payload, so that iperf3 itself would report 95.5 % of these rates.
 *
 * <p>Disturbed: when the worker, iperf3, or what brings packets from one to the other, waited for a CPU for as large a part of the
 * interval as the worst rate is off, with what the hypervisor withheld.
 */
public final class SharedLine implements DemoCheck {
    private static final double TOLERANCE = 0.01;
    private static final long SETTLE_MS = 1_000;
    private static final Duration INTERVAL = Duration.ofSeconds(2);

    private final DemoNode node;
    private final Lab lab;

    public SharedLine(DemoNode node, Lab lab) {
        this.node = node;
        this.lab = lab;
    }

    @Override
    public String claim() {
        return "blue 60 %, red 40 % of a flooded line";
    }

    @Override
    public Outcome measure() throws IOException, InterruptedException {
        try (Flood blue = Flood.start(lab, "blue", lab.host("blue-h1"), lab.host("blue-h3"));
                Flood red = Flood.start(lab, "red", lab.host("red-h1"), lab.host("red-h3"))) {
            TimeUnit.MILLISECONDS.sleep(SETTLE_MS);
            try (DisturbanceMonitor monitor =
                    DisturbanceMonitor.start(node.workers(), blue.senders(), red.senders(), ThreadSet.softIrqs())) {
                return measure(monitor);
            }
        }
    }

    private Outcome measure(DisturbanceMonitor monitor) throws IOException, InterruptedException {
        Reception blueBefore = Reception.of(lab.host("blue-h3"));
        Reception redBefore = Reception.of(lab.host("red-h3"));
        Map<String, ClassMeasure> classes = node.classes(INTERVAL);
        Reception blueAfter = Reception.of(lab.host("blue-h3"));
        Reception redAfter = Reception.of(lab.host("red-h3"));
        return outcome(
                monitor.stop(),
                rateOf(classes, ShapedLine.BLUE_CLASS),
                rateOf(classes, ShapedLine.RED_CLASS),
                blueAfter.bitsPerSecondSince(blueBefore, ShapedLine.OVERHEAD_BYTES),
                redAfter.bitsPerSecondSince(redBefore, ShapedLine.OVERHEAD_BYTES));
    }

    static Outcome outcome(
            Disturbance disturbance, double blueSent, double redSent, double blueReceived, double redReceived) {
        boolean holds = isKept(ShapedLine.BLUE_BITS_PER_SECOND, blueSent)
                && isKept(ShapedLine.RED_BITS_PER_SECOND, redSent)
                && isKept(ShapedLine.BLUE_BITS_PER_SECOND, blueReceived)
                && isKept(ShapedLine.RED_BITS_PER_SECOND, redReceived);
        Excuse excuse = excuse(ShapedLine.BLUE_BITS_PER_SECOND, blueSent)
                .and(excuse(ShapedLine.RED_BITS_PER_SECOND, redSent))
                .and(excuse(ShapedLine.BLUE_BITS_PER_SECOND, blueReceived))
                .and(excuse(ShapedLine.RED_BITS_PER_SECOND, redReceived));
        return Outcome.of(
                holds,
                excuse,
                disturbance,
                String.format(
                        Locale.ROOT,
                        "of %.0f Mbit/s blue %.2f, red %.2f by their classes; %.2f, %.2f at the receivers",
                        ShapedLine.BITS_PER_SECOND / 1e6,
                        blueSent / 1e6,
                        redSent / 1e6,
                        blueReceived / 1e6,
                        redReceived / 1e6));
    }

    private static Excuse excuse(long guaranteed, double delivered) {
        return Excuse.ofRate(delivered, guaranteed, INTERVAL.toNanos());
    }

    private static boolean isKept(long guaranteed, double delivered) {
        return Math.abs(delivered - guaranteed) <= TOLERANCE * guaranteed;
    }

    private static double rateOf(Map<String, ClassMeasure> classes, String key) {
        ClassMeasure measure = classes.get(key);
        return measure == null ? Double.NaN : measure.deliveredBitsPerSecond();
    }
}

package io.vireo.bench.demo.checks;

import io.vireo.bench.demo.lab.DemoCheck;
import io.vireo.bench.demo.lab.DemoNode;
import io.vireo.bench.demo.lab.Disturbance;
import io.vireo.bench.demo.lab.DisturbanceMonitor;
import io.vireo.bench.demo.lab.Excuse;
import io.vireo.bench.demo.lab.Flood;
import io.vireo.bench.demo.lab.Host;
import io.vireo.bench.demo.lab.HostCapture;
import io.vireo.bench.demo.lab.IpFamily;
import io.vireo.bench.demo.lab.Lab;
import io.vireo.bench.demo.lab.NumberedStream;
import io.vireo.bench.demo.lab.Outcome;
import io.vireo.bench.demo.lab.Reception;
import io.vireo.bench.demo.lab.ShapedLine;
import io.vireo.bench.demo.lab.StreamTimes;
import io.vireo.bench.demo.lab.ThreadSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * red floods the line alone and has it whole, blue's part too; then blue begins to send more than its guarantee, and has
 * its own rate back within 10 ms.
 *
 * <p>That is measured as the guarantee is meant: with each datagram of blue, by the kernel's time stamps at the sending and
 * at the receiving host, compared to a line of 30 Mbit/s that blue would have had for itself all along. None may arrive
 * more than 10 ms after it would have left that line. This is stricter than a rate within a window, and needs none.
 *
 * <p>Disturbed: the rate, when the worker or iperf3 waited for a CPU for as large a part of the second as it is off; the lag, when
 * the worker, or what brings it the packets, waited, while a packet did, as long as what is beyond half the bound; a loss, when one
 * waited until the room in blue's queue was full; each with what the hypervisor withheld.
 */
public final class Borrowing implements DemoCheck {
    private static final double MIN_BORROWED_SHARE = 0.99;
    private static final long MAX_LAG_NS = 10_000_000;
    private static final long WINDOW_MS = 1_000;
    private static final long STREAM_MS = 500;
    private static final int PORT = 5402;

    /** What is left of blue's queue of 256 when it has sent a tenth more than its guarantee all the time: some 130 datagrams. */
    private static final int ROOM_PACKETS = 256 - 130;

    /** A tenth more than the guarantee: blue stays backlogged. */
    private static final NumberedStream.Pace PACE = pace(1_400, 1.1 * ShapedLine.BLUE_BITS_PER_SECOND);

    private final DemoNode node;
    private final Lab lab;
    private final Path directory;

    /** @param directory receives the captures */
    public Borrowing(DemoNode node, Lab lab, Path directory) {
        this.node = node;
        this.lab = lab;
        this.directory = directory;
    }

    @Override
    public String claim() {
        return "red borrows what blue leaves, returns it in 10 ms";
    }

    @Override
    public Outcome measure() throws IOException, InterruptedException {
        try (Flood red = Flood.start(lab, "red", lab.host("red-h1"), lab.host("red-h3"))) {
            TimeUnit.MILLISECONDS.sleep(WINDOW_MS);
            Outcome lent = borrow(red);
            return lent.and(restore());
        }
    }

    private Outcome borrow(Flood red) throws IOException, InterruptedException {
        try (DisturbanceMonitor monitor =
                DisturbanceMonitor.start(node.workers(), red.senders(), ThreadSet.softIrqs())) {
            Reception before = Reception.of(lab.host("red-h3"));
            TimeUnit.MILLISECONDS.sleep(WINDOW_MS);
            double borrowed = Reception.of(lab.host("red-h3")).bitsPerSecondSince(before, ShapedLine.OVERHEAD_BYTES);
            return borrowed(monitor.stop(), borrowed);
        }
    }

    private Outcome restore() throws IOException, InterruptedException {
        try (DisturbanceMonitor monitor = DisturbanceMonitor.start(node.workers(), ThreadSet.softIrqs())) {
            StreamTimes times = stream(lab.host("blue-h1"), lab.host("blue-h3"));
            return returned(monitor.stop(), times);
        }
    }

    private StreamTimes stream(Host from, Host to) throws IOException, InterruptedException {
        HostCapture atSender = HostCapture.start(lab, from, directory);
        HostCapture atReceiver = HostCapture.start(lab, to, directory);
        NumberedStream stream = NumberedStream.start(from, to, IpFamily.IPV4, PORT, PACE);
        TimeUnit.MILLISECONDS.sleep(STREAM_MS);
        stream.stop();
        return StreamTimes.of(atSender.stop(), atReceiver.stop(), PORT);
    }

    static Outcome borrowed(Disturbance disturbance, double bitsPerSecond) {
        return Outcome.of(
                bitsPerSecond >= MIN_BORROWED_SHARE * ShapedLine.BITS_PER_SECOND,
                Excuse.ofRate(bitsPerSecond, ShapedLine.BITS_PER_SECOND, TimeUnit.MILLISECONDS.toNanos(WINDOW_MS)),
                disturbance,
                String.format(
                        Locale.ROOT,
                        "red alone %.2f of %.0f Mbit/s",
                        bitsPerSecond / 1e6,
                        ShapedLine.BITS_PER_SECOND / 1e6));
    }

    static Outcome returned(Disturbance disturbance, StreamTimes times) {
        long lagNs =
                times.worstLagNs(ShapedLine.BLUE_BITS_PER_SECOND, PACE.payloadBytes() + ShapedLine.UDP_OVERHEAD_BYTES);
        return Outcome.of(
                !times.arrivedNs().isEmpty() && times.lost() == 0 && lagNs <= MAX_LAG_NS,
                excuse(times, lagNs),
                disturbance,
                String.format(
                        Locale.ROOT,
                        "then %d datagrams of blue, %d lost, at most %.2f ms behind a line of %.0f Mbit/s of its own",
                        times.sentNs().size(),
                        times.lost(),
                        lagNs / 1e6,
                        ShapedLine.BLUE_BITS_PER_SECOND / 1e6));
    }

    private static Excuse excuse(StreamTimes times, long lagNs) {
        if (times.arrivedNs().isEmpty()) {
            return Excuse.NONE;
        }
        Excuse ofLoss = times.lost() == 0 ? Excuse.NOT_NEEDED : Excuse.ofLoss(ROOM_PACKETS, PACE.packetsPerSecond());
        return lagNs <= MAX_LAG_NS ? ofLoss : ofLoss.and(Excuse.ofDelay(lagNs, MAX_LAG_NS));
    }

    private static NumberedStream.Pace pace(int payloadBytes, double bitsPerSecond) {
        int wireBits = (payloadBytes + ShapedLine.UDP_OVERHEAD_BYTES) * Byte.SIZE;
        return new NumberedStream.Pace((int) (bitsPerSecond / wireBits), payloadBytes, 0, ROOM_PACKETS / 4);
    }
}

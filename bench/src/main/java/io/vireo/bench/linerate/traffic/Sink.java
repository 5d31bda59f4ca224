package io.vireo.bench.linerate.traffic;

import io.vireo.dpdk.Mbuf;
import io.vireo.dpdk.MbufArray;
import io.vireo.dpdk.Mempool;
import io.vireo.dpdk.RxQueue;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Counts what comes back in one trial: every frame's flow, number and latency; of some bursts the first frame is looked at
 * field by field. The generator's thread.
 */
final class Sink {
    static final int BURST = 64;

    /** Of every so many bursts one frame is decoded: a power of two. */
    private static final int SAMPLED_BURSTS = 4;

    private final MbufArray burst;
    private final Histogram latency = PackedHistogram.create();
    private final FlowWindows windows;
    private final FrameDecoder decoder;
    private final int flows;
    private final int trial;
    private final long startNs;

    private long bursts;
    private long received;
    private long receivedBytes;
    private long reordered;
    private long duplicates;
    private long belated;
    private long strays;
    private long foreign;
    private long misrouted;
    private long sampled;
    private @Nullable String fault;
    private long lastLossDueNs = Long.MIN_VALUE;
    private long lastArrivalNs;
    private long maxSilenceNs;

    /** @param burst room for {@link #BURST} frames */
    Sink(TrialRequest request, int trial, MbufArray burst, long startNs) {
        this.burst = burst;
        this.flows = request.flows();
        this.windows = new FlowWindows(flows);
        this.decoder = new FrameDecoder(flows, request.rewrite());
        this.trial = trial;
        this.startNs = startNs;
        this.lastArrivalNs = startNs;
    }

    /** Takes what has arrived; returns how many of the generator's frames. */
    int poll(RxQueue queue) {
        int ours = receiveOurs(queue);
        if (ours > 0) {
            take(ours, System.nanoTime());
        }
        return ours;
    }

    /** Nothing should come back where it was sent. */
    void pollSendingPort(RxQueue queue) {
        int ours = receiveOurs(queue);
        for (int i = 0; i < ours; i++) {
            blame("a frame came back to the port it was sent from");
        }
        Mempool.free(burst, 0, ours);
    }

    /** Fills the burst with the generator's frames that have arrived, in their order; others are counted and freed. */
    private int receiveOurs(RxQueue queue) {
        int count = queue.receive(burst, 0, BURST);
        int ours = 0;
        for (int i = 0; i < count; i++) {
            long mbuf = burst.get(i);
            if (BenchFrame.isOurs(Mbuf.dataAddress(mbuf), Mbuf.dataLength(mbuf))) {
                burst.set(i, burst.get(ours));
                burst.set(ours++, mbuf);
            }
        }
        if (ours < count) {
            foreign += count - ours;
            Mempool.free(burst, ours, count - ours);
        }
        return ours;
    }

    private void take(int count, long nowNs) {
        maxSilenceNs = Math.max(maxSilenceNs, nowNs - lastArrivalNs);
        lastArrivalNs = nowNs;
        if ((bursts++ & SAMPLED_BURSTS - 1) == 0) {
            sample(burst.get(0));
        }
        for (int i = 0; i < count; i++) {
            long mbuf = burst.get(i);
            accept(Mbuf.dataAddress(mbuf), Mbuf.dataLength(mbuf), nowNs);
        }
        Mempool.free(burst, 0, count);
    }

    private void sample(long mbuf) {
        sampled++;
        String wrong = decoder.fault(Mbuf.dataAddress(mbuf), Mbuf.dataLength(mbuf));
        if (wrong != null) {
            blame(wrong);
        }
    }

    private void accept(long frame, int lengthBytes, long nowNs) {
        int flow = lengthBytes < BenchFrame.MIN_BYTES ? flows : BenchFrame.readFlow(frame);
        if (flow >= flows) {
            stray("flow " + flow + " of " + flows + " in " + lengthBytes + " bytes");
            return;
        }
        if (BenchFrame.trial(BenchFrame.readNumber(frame)) != trial) {
            belated++;
            return;
        }
        long dueNs = BenchFrame.readDueNs(frame);
        long place = BenchFrame.place(BenchFrame.readNumber(frame));
        switch (windows.accept(flow, place)) {
            case IN_ORDER -> count(lengthBytes, dueNs, nowNs);
            case AFTER_GAP -> {
                lastLossDueNs = Math.max(lastLossDueNs, dueNs);
                count(lengthBytes, dueNs, nowNs);
            }
            case REORDERED -> {
                reordered++;
                count(lengthBytes, dueNs, nowNs);
            }
            case DUPLICATE -> duplicates++;
            case STALE -> stray("number " + place + " of flow " + flow + " after " + (windows.next(flow) - 1));
        }
    }

    private void count(int lengthBytes, long dueNs, long nowNs) {
        received++;
        receivedBytes += lengthBytes + BenchFrame.FCS_BYTES;
        PackedHistogram.record(latency, nowNs - dueNs);
    }

    private void stray(String what) {
        strays++;
        note(what);
    }

    private void blame(String wrong) {
        misrouted++;
        note(wrong);
    }

    private void note(String wrong) {
        fault = fault == null ? wrong : fault;
    }

    long received() {
        return received;
    }

    long lastArrivalNs() {
        return lastArrivalNs;
    }

    /** The report, with what only the sender knows. */
    TrialReport report(Sender sender, int reconnections) {
        long lossNs = Math.max(lastLossDueNs, sender.lastRefusedDueNs());
        return new TrialReport(
                sender.intended(),
                sender.intended() - sender.offered(),
                sender.refused(),
                received,
                reordered,
                duplicates,
                belated,
                strays,
                foreign,
                misrouted,
                sampled,
                fault == null ? "" : fault,
                receivedBytes,
                Math.max(1, lastArrivalNs - startNs),
                lossNs == Long.MIN_VALUE ? -1 : lossNs - startNs,
                maxSilenceNs,
                sender.maxLatenessNs(),
                reconnections,
                PackedHistogram.pack(latency),
                PackedHistogram.pack(sender.lateness()));
    }
}

package io.vireo.bench.linerate.traffic;

import io.vireo.dpdk.Mbuf;
import io.vireo.dpdk.MbufArray;
import io.vireo.dpdk.Mempool;
import io.vireo.dpdk.TxQueue;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * Sends one trial's frames when they are due, and never waits for the device: what the wire does not take is lost. The
 * generator's thread.
 */
final class Sender {
    static final int BURST = 32;

    private final MbufArray burst;
    private final Histogram lateness = PackedHistogram.create();
    private final Mempool pool;
    private final List<Phase> phases;
    private final FrameTemplates templates;
    private final int[] lengthBytes;
    private final int flows;
    private final int trial;
    private final long intended;

    private int phase;
    private Pacer pacer;
    private long sentOfPhase;
    private int flow;
    private int size;
    private long place;
    private long offered;
    private long refused;
    private long lastRefusedDueNs = Long.MIN_VALUE;
    private long maxLatenessNs;

    /** @param burst room for {@link #BURST} frames */
    Sender(TrialRequest request, int trial, Mempool pool, MbufArray burst, long startNs) {
        this.burst = burst;
        this.pool = pool;
        this.phases = request.phases();
        this.lengthBytes = request.frameBytes().stream()
                .mapToInt(bytes -> bytes - BenchFrame.FCS_BYTES)
                .toArray();
        this.flows = request.flows();
        this.trial = trial;
        this.templates = new FrameTemplates(flows, lengthBytes, request.toMac(), request.fromMac());
        this.intended = request.frames();
        this.pacer = pacer(startNs);
    }

    private Pacer pacer(long startNs) {
        return new Pacer(
                startNs, phases.get(phase).framesPerSecond(), phases.get(phase).frames());
    }

    /** Sends what is due, at most a burst. */
    void send(TxQueue queue, long nowNs) {
        int count = (int) Math.min(BURST, pacer.dueFrames(nowNs) - sentOfPhase);
        if (count > 0 && pool.allocate(burst, 0, count) == count) {
            long lateNs = nowNs - pacer.dueNs(sentOfPhase);
            PackedHistogram.record(lateness, lateNs);
            maxLatenessNs = Math.max(maxLatenessNs, lateNs);
            fill(count);
            settle(queue.send(burst, 0, count), count);
        }
        if (sentOfPhase == pacer.frames() && phase < phases.size() - 1) {
            phase++;
            pacer = pacer(pacer.endNs());
            sentOfPhase = 0;
        }
    }

    private void fill(int count) {
        for (int i = 0; i < count; i++) {
            long mbuf = burst.get(i);
            Mbuf.setLength(mbuf, lengthBytes[size]);
            templates.write(
                    Mbuf.dataAddress(mbuf), flow, size, BenchFrame.number(trial, place), pacer.dueNs(sentOfPhase + i));
            size = size + 1 == lengthBytes.length ? 0 : size + 1;
            if (++flow == flows) {
                flow = 0;
                place++;
            }
        }
    }

    /** What was not taken is the device's loss: its numbers are not used again. */
    private void settle(int taken, int count) {
        if (taken < count) {
            refused += count - taken;
            lastRefusedDueNs = pacer.dueNs(sentOfPhase + count - 1);
            Mempool.free(burst, taken, count - taken);
        }
        offered += count;
        sentOfPhase += count;
    }

    /** Ends the trial: what is unsent by now stays so, and is late. */
    void end(long nowNs) {
        if (!isDone()) {
            maxLatenessNs = Math.max(maxLatenessNs, nowNs - pacer.dueNs(sentOfPhase));
        }
    }

    boolean isDone() {
        return offered == intended;
    }

    long intended() {
        return intended;
    }

    long offered() {
        return offered;
    }

    long refused() {
        return refused;
    }

    long lastRefusedDueNs() {
        return lastRefusedDueNs;
    }

    long maxLatenessNs() {
        return maxLatenessNs;
    }

    Histogram lateness() {
        return lateness;
    }
}

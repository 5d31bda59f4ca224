package io.vireo.dataplane.schedule;

import io.vireo.bench.micro.Expect;
import io.vireo.bench.micro.MeasuredThread;
import io.vireo.bench.schedule.Xorshift;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** CoDel's drop decision for one packet, of queues below the target delay and of one above. */
@State(Scope.Thread)
public class CoDelBenchmark {
    private static final int CLASSES = 1024;
    private static final int ABOVE_TARGET = 0;
    private static final long TARGET_NS = 5_000_000;
    private static final long INTERVAL_NS = 100_000_000;
    private static final long PACKET_NS = 1_000_000;
    private static final int MAX_FRAME_BYTES = 1518;
    private static final int PACKETS_CHECKED = 10_000;

    private final CoDel codel = new CoDel(CLASSES, MAX_FRAME_BYTES);
    private final Xorshift random = new Xorshift();
    private long nowNs;

    /** A queue above the target must lose packets, but not all; one below it none. */
    @Setup
    public void configure() {
        MeasuredThread.begin();
        for (int id = 0; id < CLASSES; id++) {
            codel.configure(id, TARGET_NS, INTERVAL_NS);
        }
        int dropped = 0;
        int droppedBelow = 0;
        for (int i = 0; i < PACKETS_CHECKED; i++) {
            dropped += aboveTarget() ? 1 : 0;
            droppedBelow += belowTarget() ? 1 : 0;
        }
        Expect.count("packets dropped of queues below the target", 0, droppedBelow);
        Expect.count(
                "whether some of a queue above the target were dropped",
                1,
                dropped > 0 && dropped < PACKETS_CHECKED ? 1 : 0);
    }

    @Benchmark
    public boolean belowTarget() {
        nowNs += PACKET_NS;
        return codel.shouldDrop(1 + random.below(CLASSES / 2), TARGET_NS / 2, MAX_FRAME_BYTES * 2L, nowNs);
    }

    @Benchmark
    public boolean aboveTarget() {
        nowNs += PACKET_NS;
        return codel.shouldDrop(ABOVE_TARGET, 2 * TARGET_NS, MAX_FRAME_BYTES * 2L, nowNs);
    }
}

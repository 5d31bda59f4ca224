package io.vireo.dataplane.schedule;

import io.vireo.bench.micro.Expect;
import io.vireo.bench.micro.MeasuredThread;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** CoDel's judgement of one packet, of queues that do not stand and of one that does. */
@State(Scope.Thread)
public class CoDelBenchmark {
    private static final int CLASSES = 1024;
    private static final int STANDING = 0;
    private static final long TARGET_NS = 5_000_000;
    private static final long INTERVAL_NS = 100_000_000;
    private static final long PACKET_NS = 1_000_000;
    private static final int LONGEST_FRAME = 1518;
    private static final int LOOKED_AT = 10_000;

    private final CoDel codel = new CoDel(CLASSES, LONGEST_FRAME);
    private final Xorshift random = new Xorshift();
    private long nowNs;

    /** A standing queue must lose packets, but not all; another none. */
    @Setup
    public void configure() {
        MeasuredThread.begin();
        for (int id = 0; id < CLASSES; id++) {
            codel.configure(id, TARGET_NS, INTERVAL_NS);
        }
        int dropped = 0;
        int droppedBelow = 0;
        for (int i = 0; i < LOOKED_AT; i++) {
            dropped += aboveTarget() ? 1 : 0;
            droppedBelow += belowTarget() ? 1 : 0;
        }
        Expect.count("packets dropped of queues that do not stand", 0, droppedBelow);
        Expect.count("whether some of a standing queue were dropped", 1, dropped > 0 && dropped < LOOKED_AT ? 1 : 0);
    }

    @Benchmark
    public boolean belowTarget() {
        nowNs += PACKET_NS;
        return codel.shouldDrop(1 + random.below(CLASSES / 2), TARGET_NS / 2, LONGEST_FRAME * 2L, nowNs);
    }

    @Benchmark
    public boolean aboveTarget() {
        nowNs += PACKET_NS;
        return codel.shouldDrop(STANDING, 2 * TARGET_NS, LONGEST_FRAME * 2L, nowNs);
    }
}

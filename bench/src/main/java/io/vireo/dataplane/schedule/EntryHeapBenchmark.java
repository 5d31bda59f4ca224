package io.vireo.dataplane.schedule;

import io.vireo.bench.micro.Expect;
import io.vireo.bench.micro.MeasuredThread;
import io.vireo.bench.schedule.Xorshift;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The heap of deadlines: the first of all gets a later one. */
@State(Scope.Thread)
public class EntryHeapBenchmark {
    private static final int BASE = 0;
    private static final int SPAN = 1 << 20;

    /** How many are in it. */
    @Param({"1024", "131072"})
    public int classes;

    private final Xorshift random = new Xorshift();
    private EntryHeap heap;

    /** Puts them all in; what comes out first must never be earlier than what came before. */
    @Setup
    public void fill() {
        MeasuredThread.begin();
        heap = new EntryHeap(classes + EntryHeap.SKIPPED, new int[classes]);
        for (int id = 0; id < classes; id++) {
            heap.push(BASE, id, random.below(SPAN), id);
        }
        int earlier = 0;
        for (int i = 0; i < classes; i++) {
            long before = heap.minKey(BASE);
            postpone();
            earlier += heap.minKey(BASE) < before ? 1 : 0;
        }
        Expect.count("deadlines out of order", 0, earlier);
    }

    @Benchmark
    public int postpone() {
        int id = heap.minId(BASE);
        heap.update(BASE, classes, heap.minKey(BASE) + 1 + random.below(SPAN), id);
        return id;
    }
}

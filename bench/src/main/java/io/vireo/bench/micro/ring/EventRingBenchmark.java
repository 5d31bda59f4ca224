package io.vireo.bench.micro.ring;

import io.vireo.bench.forward.BarrierWaiter;
import io.vireo.bench.micro.Expect;
import io.vireo.bench.micro.MeasuredThread;
import io.vireo.dataplane.wire.code.CommandResult;
import io.vireo.dataplane.wire.event.EventAdapter;
import io.vireo.dataplane.wire.event.EventProxy;
import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The ring of events from the conductor to control, 64 answers in and out again. */
@State(Scope.Thread)
public class EventRingBenchmark {
    private static final int EVENTS = 64;
    private static final long BARRIER = -1;

    private RingFile file;
    private EventProxy proxy;
    private EventAdapter adapter;

    /** Sends events once; all must come out. */
    @Setup
    public void open() throws IOException {
        MeasuredThread.begin();
        file = new RingFile();
        proxy = new EventProxy(file.memory);
        adapter = new EventAdapter(file.memory, new BarrierWaiter(BARRIER));
        Expect.count("events", EVENTS, answer());
    }

    @TearDown
    public void close() throws IOException {
        file.close();
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public int answer() {
        for (int i = 0; i < EVENTS; i++) {
            proxy.commandResult(i, CommandResult.OK, "");
        }
        return adapter.poll(EVENTS);
    }
}

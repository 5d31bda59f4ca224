package io.vireo.bench.micro.ring;

import io.vireo.bench.micro.Expect;
import io.vireo.bench.micro.MeasuredThread;
import io.vireo.dataplane.wire.code.Direction;
import io.vireo.dataplane.wire.code.PuntClass;
import io.vireo.dataplane.wire.code.PuntReason;
import io.vireo.dataplane.wire.frame.CaptureReader;
import io.vireo.dataplane.wire.frame.CaptureWriter;
import io.vireo.dataplane.wire.frame.InjectReader;
import io.vireo.dataplane.wire.frame.InjectWriter;
import io.vireo.dataplane.wire.frame.PuntReader;
import io.vireo.dataplane.wire.frame.PuntWriter;
import java.io.IOException;
import java.lang.foreign.Arena;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A worker's rings of whole frames, 64 of them in and out again. */
@State(Scope.Thread)
public class FrameRingBenchmark {
    private static final int FRAMES = 64;
    private static final int INTERFACE = 1;
    private static final int ROUTER = 1;
    private static final int NOT_DROPPED = -1;

    /** Of a frame, without FCS: a short one and the longest. */
    @Param({"60", "1514"})
    public int frameBytes;

    private final FrameByteCounter counter = new FrameByteCounter();
    private RingFile file;
    private UnsafeBuffer frame;
    private long address;
    private PuntWriter punts;
    private PuntReader punted;
    private InjectWriter injects;
    private InjectReader injected;
    private CaptureWriter captures;
    private CaptureReader captured;

    /** Sends frames through each ring once; all bytes must come out. */
    @Setup
    public void open() throws IOException {
        MeasuredThread.begin();
        file = new RingFile();
        address = Arena.global().allocate(frameBytes, Long.BYTES).address();
        frame = new UnsafeBuffer(address, frameBytes);
        punts = new PuntWriter(file.memory, 0);
        punted = new PuntReader(file.memory, 0, counter);
        injects = new InjectWriter(file.memory, 0);
        injected = new InjectReader(file.memory, 0, counter);
        captures = new CaptureWriter(file.memory, 0);
        captured = new CaptureReader(file.memory, 0, counter);
        long expected = FRAMES * (long) frameBytes;
        Expect.count("bytes punted", expected, punt());
        Expect.count("bytes punted and injected", 2 * expected, inject());
        Expect.count("bytes punted, injected and captured", 3 * expected, capture());
    }

    @TearDown
    public void close() throws IOException {
        file.close();
    }

    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public long punt() {
        for (int i = 0; i < FRAMES; i++) {
            punts.punt(INTERFACE, ROUTER, PuntReason.ARP.code(), PuntClass.NEIGHBOUR.code(), i, address, frameBytes);
        }
        punted.poll(FRAMES);
        return counter.bytes;
    }

    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public long inject() {
        for (int i = 0; i < FRAMES; i++) {
            injects.inject(INTERFACE, frame, 0, frameBytes);
        }
        injected.poll(0, FRAMES);
        return counter.bytes;
    }

    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public long capture() {
        for (int i = 0; i < FRAMES; i++) {
            captures.capture(0, INTERFACE, Direction.RECEIVED, NOT_DROPPED, i, frameBytes, address, frameBytes);
        }
        captured.poll(FRAMES);
        return counter.bytes;
    }
}

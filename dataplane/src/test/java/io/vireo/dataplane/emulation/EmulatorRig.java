package io.vireo.dataplane.emulation;

import io.vireo.dataplane.TestEal;
import io.vireo.dataplane.capture.CaptureFilters;
import io.vireo.dataplane.capture.CaptureTap;
import io.vireo.dataplane.interfaces.InterfaceTable;
import io.vireo.dataplane.path.EpochClock;
import io.vireo.dataplane.path.TxFrames;
import io.vireo.dataplane.path.exception.Discards;
import io.vireo.dataplane.wire.TestMemory;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.frame.CaptureWriter;
import io.vireo.dataplane.wire.layout.SharedLayout;
import io.vireo.dataplane.wire.memory.SharedMemory;
import io.vireo.dataplane.wire.value.EmulationSpec;
import io.vireo.dpdk.Mbuf;
import io.vireo.dpdk.MbufArray;
import io.vireo.dpdk.Memory;
import io.vireo.dpdk.Mempool;
import io.vireo.dpdk.MempoolConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Two workers' emulated wires without the workers: the test sends numbered frames, and chooses the time. */
final class EmulatorRig implements AutoCloseable {
    static final int WIRE = 3;
    static final int ROUTER = 2;
    static final int TARGET = ~5;
    private static final int MBUFS = 8191;
    private static final AtomicInteger POOLS = new AtomicInteger();

    /** A frame that came out: its number, and when. */
    record Arrival(long number, long atNs) {}

    final EmulationTable table = new EmulationTable(16, 4096);
    final List<Arrival> arrivals = new ArrayList<>();
    final Mempool pool;
    long nowNs = 5_000_000_000L;
    private final SharedMemory memory;
    private final Discards discards;
    private final Emulator[] emulators = new Emulator[2];
    private final TxFrames frames = new TxFrames(1);
    private final TxFrames out = new TxFrames(Emulator.RELEASE_LIMIT);
    private final MbufArray one = MbufArray.allocate(1);
    private int nextRecord = EmulationTable.NONE + 1;
    private long episode;
    private long sent;

    EmulatorRig(Path directory) {
        TestEal.get();
        memory = TestMemory.create(directory);
        pool = Mempool.create(
                "wires" + POOLS.incrementAndGet(),
                new MempoolConfig().mbufs(MBUFS).dataRoomBytes(2048));
        CaptureTap tap = new CaptureTap(
                new InterfaceTable(16),
                new CaptureFilters(SharedLayout.MAX_CAPTURES),
                new CaptureWriter(memory, 0),
                new EpochClock(0, 0));
        discards = new Discards(memory.statisticsWriter(0), tap, 64);
        for (int worker = 0; worker < emulators.length; worker++) {
            emulators[worker] = new Emulator(worker, 16, 6_000, table, pool, memory.statisticsWriter(worker), discards);
        }
    }

    /** Has a wire emulated from now on; chance begins anew. */
    void emulate(EmulationSpec spec) {
        episode++;
        change(spec);
    }

    /** Changes how a wire is emulated; chance goes on. */
    void change(EmulationSpec spec) {
        table.define(nextRecord, spec, ROUTER, episode);
        table.publish(WIRE, nextRecord++);
    }

    /** Sends a frame; false: the wire is not emulated. */
    boolean send(int bytes) {
        return send(0, bytes);
    }

    boolean send(int worker, int bytes) {
        if (pool.allocate(one, 0, 1) == 0) {
            throw new AssertionError("no buffer left");
        }
        long mbuf = one.get(0);
        Memory.putLong(Mbuf.append(mbuf, bytes), sent++);
        frames.count = 0;
        frames.add(mbuf, ROUTER, WIRE, TxFrames.emulated(TARGET), bytes);
        boolean isHeld = emulators[worker].hold(frames, 0, nowNs);
        if (!isHeld) {
            free(mbuf);
        }
        return isHeld;
    }

    /** Frames sent until now. */
    long sent() {
        return sent;
    }

    /** A round of each worker: collects what comes out, and frees it. */
    int round() {
        int work = 0;
        for (Emulator emulator : emulators) {
            out.count = 0;
            work += emulator.release(out, nowNs);
            for (int k = 0; k < out.count; k++) {
                if (out.target[k] != TARGET || out.egress[k] != WIRE || out.router[k] != ROUTER) {
                    throw new AssertionError("comes out as another's");
                }
                arrivals.add(new Arrival(Memory.getLong(Mbuf.dataAddress(out.mbuf[k])), nowNs));
                free(out.mbuf[k]);
            }
        }
        discards.flush();
        return work;
    }

    /** Lets time pass in steps, with a round after each. */
    void pass(long ns, long stepNs) {
        long endNs = nowNs + ns;
        while (nowNs < endNs) {
            nowNs += stepNs;
            round();
        }
    }

    /** Waits until nothing can be on a wire, and takes all out. */
    void drain() {
        nowNs += DelayWheel.HORIZON_NS + 1_000_000;
        for (int n = 0; n < 200; n++) {
            round();
        }
    }

    long drops(DropReason reason) {
        return memory.statisticsReader().drops(ROUTER, reason);
    }

    long dropsOfNobody(DropReason reason) {
        return memory.statisticsReader().drops(-1, reason);
    }

    /** Numbers of what arrived, in the order in which it did. */
    List<Long> numbers() {
        return arrivals.stream().map(Arrival::number).toList();
    }

    private void free(long mbuf) {
        one.set(0, mbuf);
        Mempool.free(one, 0, 1);
    }

    @Override
    public void close() {
        for (Emulator emulator : emulators) {
            emulator.discardAll();
        }
        discards.flush();
        int inUse = pool.inUseCount();
        pool.close();
        memory.close();
        if (inUse != 0) {
            throw new AssertionError(inUse + " packet buffers were leaked");
        }
    }
}

package io.vireo.dataplane.encapsulation;

import io.vireo.dataplane.TestEal;
import io.vireo.dataplane.capture.CaptureFilters;
import io.vireo.dataplane.capture.CaptureTap;
import io.vireo.dataplane.encapsulation.reassembly.PacketBuffers;
import io.vireo.dataplane.encapsulation.reassembly.Reassembler;
import io.vireo.dataplane.interfaces.InterfaceTable;
import io.vireo.dataplane.path.Burst;
import io.vireo.dataplane.path.CheckResult;
import io.vireo.dataplane.path.Disposition;
import io.vireo.dataplane.path.EpochClock;
import io.vireo.dataplane.path.exception.Discards;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.counters.StatisticsWriter;
import io.vireo.dataplane.wire.counters.SystemCounter;
import io.vireo.dataplane.wire.frame.CaptureWriter;
import io.vireo.dataplane.wire.layout.SharedLayout;
import io.vireo.dataplane.wire.layout.SharedLimits;
import io.vireo.dataplane.wire.memory.SharedMemory;
import io.vireo.dataplane.wire.memory.SharedMemoryContext;
import io.vireo.dpdk.Mbuf;
import io.vireo.dpdk.MbufArray;
import io.vireo.dpdk.Memory;
import io.vireo.dpdk.Mempool;
import io.vireo.dpdk.MempoolConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A reassembler by itself, of the tunnel of {@link TunnelRig}, with packets one by one. Never closed: fuzz tests have one for all runs. */
final class ReassemblyRig {
    private static final int ROUTER = 1;
    private static final int CAPACITY = 256;
    private static final int FRAME_BYTES = 14;

    private final SharedMemory memory = memory();
    private final Mempool pool = pool();
    private final StatisticsWriter statistics = memory.statisticsWriter(0);
    private final Discards discards = new Discards(
            statistics,
            new CaptureTap(
                    new InterfaceTable(4),
                    new CaptureFilters(SharedLayout.MAX_CAPTURES),
                    new CaptureWriter(memory, 0),
                    new EpochClock(0, 0)),
            64);
    private final Burst burst = new Burst(1, 0);
    private final MbufArray one = MbufArray.allocate(1);
    private final Reassembler reassembler;
    private final Map<DropReason, Long> before = new EnumMap<>(DropReason.class);

    ReassemblyRig() {
        TunnelEnds pairs = new TunnelEnds(4);
        pairs.add(1, ROUTER, 0, 0, TunnelRig.REMOTE4 & 0xffff_ffffL, 0, TunnelRig.LOCAL4 & 0xffff_ffffL, 4, 0, 1);
        pairs.setNumber(1, 1);
        PacketBuffers buffers = new PacketBuffers(
                pool, statistics, discards, memory.systemCounters().get(SystemCounter.REASSEMBLIES));
        reassembler = new Reassembler(pairs, 4, buffers, CAPACITY);
    }

    private static SharedMemory memory() {
        try {
            Path file = Files.createTempFile(Path.of("/dev/shm"), "vireo-fragments", "");
            Files.delete(file);
            SharedMemory memory = SharedMemory.create(new SharedMemoryContext()
                    .path(file)
                    .limits(SharedLimits.of(1)
                            .withMaxRouters(4)
                            .withMaxInterfaces(4)
                            .withRingBytes(1 << 17)));
            memory.ready();
            Files.delete(file); // mapped all the same
            return memory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Mempool pool() {
        TestEal.get();
        return Mempool.create("fragments", new MempoolConfig().mbufs(255));
    }

    /** The packet that a fragment makes whole, or null. */
    byte @Nullable [] take(byte[] packet) {
        pool.allocate(one, 0, 1);
        long mbuf = one.get(0);
        long frame = Mbuf.append(mbuf, FRAME_BYTES + packet.length);
        Memory.copy(packet, 0, frame + FRAME_BYTES, packet.length);
        burst.clear();
        burst.size = 1;
        burst.mbufs.set(0, mbuf);
        burst.router[0] = ROUTER;
        burst.frame[0] = frame;
        burst.frameLength[0] = FRAME_BYTES + packet.length;
        burst.network[0] = frame + FRAME_BYTES;
        burst.networkLength[0] = packet.length;
        burst.checkResult[0] = CheckResult.PLAIN_IPV4;
        int outcome = reassembler.complete(burst, 0);
        byte[] whole = null;
        if (outcome == Reassembler.GOES_ON) {
            whole = new byte[burst.networkLength[0]];
            Memory.copy(burst.network[0], whole, 0, whole.length);
            discards.free(burst.mbufs.get(0));
        } else if (~outcome != Disposition.FORWARD) {
            discards.drop(mbuf, Burst.UNKNOWN, ROUTER, Disposition.reasonCode(~outcome));
        }
        discards.flush();
        return whole;
    }

    int held() {
        reassembler.expire(0); // nothing is too old, but the counter is right
        return (int) memory.systemCounters().get(SystemCounter.REASSEMBLIES).get();
    }

    void expire() {
        while (held() > 0) {
            reassembler.expire(Reassembler.TIMEOUT_NS);
        }
        discards.flush();
    }

    int buffersInUse() {
        return pool.inUseCount();
    }

    /** Since this was asked last. */
    Map<DropReason, Long> drops() {
        Map<DropReason, Long> since = new EnumMap<>(DropReason.class);
        for (DropReason reason : DropReason.values()) {
            long now = memory.statisticsReader().drops(ROUTER, reason);
            long more = now - before.getOrDefault(reason, 0L);
            before.put(reason, now);
            if (more > 0) {
                since.put(reason, more);
            }
        }
        return since;
    }
}

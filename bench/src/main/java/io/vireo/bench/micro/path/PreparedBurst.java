package io.vireo.bench.micro.path;

import io.vireo.dataplane.path.Burst;
import io.vireo.dpdk.Mbuf;
import io.vireo.dpdk.Memory;
import io.vireo.dpdk.Mempool;
import java.util.List;

/** A burst whose frames are known, so that they can be as they arrived again after a stage has changed them. One thread. */
final class PreparedBurst {
    private static final int TAGGED_HEADER_BYTES = 18;
    private static final int IPV4_TTL_WORD = 8;
    private static final int IPV6_HOP_LIMIT_WORD = 4;
    private static final int VERSION_SHIFT = 4;

    final Burst burst = new Burst(Stages.BURST, 0);
    private final List<byte[]> frames;
    private final int port;
    private final int[] hopLimitWords = new int[Stages.BURST];
    private final int hopLimitWord;

    /** Puts {@link Stages#BURST} frames that came in by a port into packet buffers. */
    PreparedBurst(Mempool pool, int port, List<byte[]> frames) {
        this.frames = frames;
        this.port = port;
        burst.size = frames.size();
        burst.endRxRun();
        if (pool.allocate(burst.mbufs, 0, burst.size) != burst.size) {
            throw new IllegalStateException("the pool has too few packet buffers");
        }
        hopLimitWord =
                frames.getFirst()[TAGGED_HEADER_BYTES] >> VERSION_SHIFT == 4 ? IPV4_TTL_WORD : IPV6_HOP_LIMIT_WORD;
        restore();
    }

    /** Writes all frames as they arrived. */
    void restore() {
        for (int i = 0; i < burst.size; i++) {
            long mbuf = burst.mbufs.get(i);
            Mbuf.reset(mbuf);
            byte[] frame = frames.get(i);
            long at = Mbuf.append(mbuf, frame.length);
            for (int offset = 0; offset < frame.length; offset++) {
                Memory.putByte(at + offset, frame[offset]);
            }
            burst.origin[i] = port;
            hopLimitWords[i] = Memory.getInt(at + TAGGED_HEADER_BYTES + hopLimitWord);
        }
    }

    /** Gives all packets the hop limit they came with: one store each, to a word that modify reads next. */
    void restoreHopLimits() {
        for (int i = 0; i < burst.size; i++) {
            Memory.putInt(burst.network[i] + hopLimitWord, hopLimitWords[i]);
        }
    }
}

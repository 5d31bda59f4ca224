package io.vireo.dataplane.encapsulation.reassembly;

import io.vireo.dataplane.path.exception.Discards;
import io.vireo.dataplane.wire.code.AnswerKind;
import io.vireo.dataplane.wire.counters.StatisticsWriter;
import io.vireo.dpdk.MbufArray;
import io.vireo.dpdk.Mempool;
import org.agrona.concurrent.status.AtomicCounter;

/** Where a reassembler takes its buffers from, and what it counts. Single user: its worker. */
public final class PacketBuffers {
    /** No buffer is left. */
    static final long NONE = 0;

    private static final int REASSEMBLED = AnswerKind.REASSEMBLED.code();

    private final Mempool pool;
    private final StatisticsWriter statistics;
    private final Discards discards;
    private final AtomicCounter heldByAll;
    private final MbufArray fresh = MbufArray.allocate(1);
    private int shown;

    /** @param heldByAll packets that all workers hold, together. */
    public PacketBuffers(Mempool pool, StatisticsWriter statistics, Discards discards, AtomicCounter heldByAll) {
        this.pool = pool;
        this.statistics = statistics;
        this.discards = discards;
        this.heldByAll = heldByAll;
    }

    long take() {
        return pool.allocate(fresh, 0, 1) == 0 ? NONE : fresh.get(0);
    }

    void free(long mbuf) {
        discards.free(mbuf);
    }

    /** Ends a packet that is not whole: not to be captured, for its buffer has gaps, with what others left there. */
    void drop(long mbuf, int fragments, int router, int reason) {
        if (fragments > 0) {
            statistics.dropped(router, reason, fragments);
            if (router >= 0) {
                statistics.routerDropped(router, fragments);
            }
        }
        discards.free(mbuf);
    }

    void countWhole(int router) {
        statistics.routerAnswered(router, REASSEMBLED, 1);
    }

    void countHeld(int packets) {
        if (packets != shown) {
            heldByAll.getAndAdd(packets - shown);
            shown = packets;
        }
    }
}

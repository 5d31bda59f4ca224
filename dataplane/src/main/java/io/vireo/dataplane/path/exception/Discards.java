package io.vireo.dataplane.path.exception;

import io.vireo.dataplane.capture.CaptureTap;
import io.vireo.dataplane.path.Burst;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.counters.StatisticsWriter;
import io.vireo.dpdk.MbufArray;
import io.vireo.dpdk.Mempool;

/**
 * Where dropped packets end: each is counted by reason, virtual router and interface, and freed with the others of its round.
 *
 * <p>Single user: its worker, which calls {@link #flush} once per round.
 */
public final class Discards {
    private final StatisticsWriter statistics;
    private final CaptureTap tap;
    private final MbufArray mbufs;
    private int held;

    public Discards(StatisticsWriter statistics, CaptureTap tap, int capacity) {
        this.statistics = statistics;
        this.tap = tap;
        mbufs = MbufArray.allocate(capacity);
    }

    /**
     * Counts and frees a packet.
     *
     * @param interfaceId to charge, or {@link Burst#UNKNOWN}.
     * @param router to charge, or {@link Burst#UNKNOWN}.
     * @param reasonCode of a {@link DropReason}.
     */
    public void drop(long mbuf, int interfaceId, int router, int reasonCode) {
        count(mbuf, interfaceId, router, reasonCode);
        free(mbuf);
    }

    /** Counts a packet as {@link #drop} does, and captures it; its buffer remains the caller's. */
    public void count(long mbuf, int interfaceId, int router, int reasonCode) {
        statistics.dropped(router, reasonCode, 1);
        if (router >= 0) {
            statistics.routerDropped(router, 1);
        }
        if (interfaceId >= 0) {
            statistics.interfaceDropped(interfaceId, 1);
        }
        if (tap.isOpen()) {
            tap.dropped(mbuf, interfaceId, reasonCode);
        }
    }

    /** Frees a packet that needs no counting as dropped: one that was punted. */
    public void free(long mbuf) {
        if (held == mbufs.capacity()) {
            flush();
        }
        mbufs.set(held++, mbuf);
    }

    /** Gives all buffers back to their pools. */
    public void flush() {
        if (held > 0) {
            Mempool.free(mbufs, 0, held);
            held = 0;
        }
    }
}

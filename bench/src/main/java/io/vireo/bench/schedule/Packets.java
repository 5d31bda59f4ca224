package io.vireo.bench.schedule;

import io.vireo.bench.report.NotMeasuredException;
import io.vireo.dpdk.Mbuf;
import io.vireo.dpdk.MbufArray;
import io.vireo.dpdk.Mempool;
import io.vireo.dpdk.MempoolConfig;

/** The mbufs that both schedulers get, in turn. One thread. */
final class Packets implements AutoCloseable {
    private static final int DATA_ROOM_BYTES = Mbuf.HEADROOM_BYTES + 64;

    private final Mempool pool;
    private final MbufArray all;
    private final MbufArray scratch = MbufArray.allocate(1);

    /** Frames of {@link Load#FRAME_BYTES}, and one to write on. */
    Packets(Load load) {
        int count = load.packets();
        pool = Mempool.create(
                "schedule", new MempoolConfig().mbufs(count + 1).cacheMbufs(0).dataRoomBytes(DATA_ROOM_BYTES));
        all = MbufArray.allocate(count);
        if (pool.allocate(all, 0, count) != count || pool.allocate(scratch, 0, 1) != 1) {
            throw new IllegalStateException("the pool has not the mbufs it was made with");
        }
        for (int i = 0; i < count; i++) {
            Mbuf.append(all.get(i), Load.FRAME_BYTES);
        }
    }

    MbufArray all() {
        return all;
    }

    long scratch() {
        return scratch.get(0);
    }

    @Override
    public void close() {
        Mempool.free(all, 0, all.capacity());
        Mempool.free(scratch, 0, 1);
        if (pool.inUseCount() != 0) {
            throw new NotMeasuredException(pool.inUseCount() + " mbufs did not come back to their pool");
        }
        pool.close();
    }
}

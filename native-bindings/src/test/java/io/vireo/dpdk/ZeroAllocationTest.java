package io.vireo.dpdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** No per-packet call may put a byte on the heap: workers run without a garbage collector. */
@ExtendWith(RunningEal.class)
class ZeroAllocationTest {
    private static final int BURST = 32;

    /** A compilation may put a literal on the heap once, on the thread that asked for it; what allocates does so in each window. */
    private static final int WINDOWS = 4;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final MbufArray mbufs = MbufArray.allocate(BURST);
    private final PortStats stats = new PortStats();

    @Test
    void shouldAllocateNothingPerBurst() {
        try (Mempool pool = Mempool.create("allocation-test", new MempoolConfig().mbufs(511));
                EthdevPort port = EthdevPort.plug("net_null_alloc,size=64")) {
            port.configure(new PortConfig(), pool);
            port.start();
            RxQueue rx = port.rxQueue(0);
            TxQueue tx = port.txQueue(0);
            forward(rx, tx, pool, port, 50_000);

            long leastAllocated = Long.MAX_VALUE;
            for (int window = 0; window < WINDOWS && leastAllocated > 0; window++) {
                long before = THREADS.getCurrentThreadAllocatedBytes();
                long packets = forward(rx, tx, pool, port, 100_000);
                leastAllocated = Math.min(leastAllocated, THREADS.getCurrentThreadAllocatedBytes() - before);
                assertThat(packets).isEqualTo(100_000L * BURST);
            }

            assertThat(leastAllocated).isZero();
            assertThat(pool.inUseCount()).isZero();
        }
    }

    private long forward(RxQueue rx, TxQueue tx, Mempool pool, EthdevPort port, int bursts) {
        long packets = 0;
        for (int burst = 0; burst < bursts; burst++) {
            int received = rx.receive(mbufs, 0, BURST);
            for (int i = 0; i < received; i++) {
                packets += touch(mbufs.get(i));
            }
            int sent = tx.send(mbufs, 0, received);
            Mempool.free(mbufs, sent, received - sent);
            Mempool.free(mbufs, 0, pool.allocate(mbufs, 0, BURST));
            port.readStats(stats);
            packets -= port.linkUp() ? 0 : 1;
        }
        return packets;
    }

    private static int touch(long mbuf) {
        long data = Mbuf.dataAddress(mbuf);
        Memory.putShortBigEndian(data + 12, 0x0800);
        return Memory.getUnsignedShortBigEndian(data + 12) == 0x0800 ? 1 : 0;
    }
}

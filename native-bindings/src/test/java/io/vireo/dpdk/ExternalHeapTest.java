package io.vireo.dpdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RunningEal.class)
class ExternalHeapTest {
    private static final long PAGE_BYTES = 2L << 20;
    private static final int MBUFS = 1023;

    /** The EAL's lists keep naming the memory while the process lives. */
    private static long memory(long bytes) {
        return Arena.global().allocate(bytes, PAGE_BYTES).address();
    }

    private static long wholePages(long bytes) {
        return (bytes + PAGE_BYTES - 1) / PAGE_BYTES * PAGE_BYTES;
    }

    @Test
    void shouldHoldAPoolOfPackets() {
        MempoolConfig config = new MempoolConfig().mbufs(MBUFS).cacheMbufs(32);
        long bytes = wholePages(config.maxBytes());
        long address = memory(bytes);
        try (ExternalHeap heap = ExternalHeap.create("packets-test", address, bytes, PAGE_BYTES);
                Mempool pool = Mempool.create("in-heap", config.socketId(heap.socketId()))) {
            assertThat(pool.isShareable()).isFalse();
            MbufArray mbufs = MbufArray.allocate(MBUFS);
            assertThat(pool.allocate(mbufs, 0, MBUFS)).isEqualTo(MBUFS);
            for (int i = 0; i < MBUFS; i++) {
                long data = Mbuf.dataAddress(mbufs.get(i));
                assertThat(data).isBetween(address, address + bytes - 1);
                Memory.putByte(data, (byte) i);
                assertThat(data / PAGE_BYTES).as("a buffer crosses no page").isEqualTo((data + 2047) / PAGE_BYTES);
            }
            assertThatThrownBy(heap::close).isInstanceOf(DpdkException.class).hasMessageContaining("packets-test");
            Mempool.free(mbufs, 0, MBUFS);
        }
    }

    @Test
    void shouldSayWhatDoesNotFit() {
        long address = memory(PAGE_BYTES);
        try (ExternalHeap heap = ExternalHeap.create("small-test", address, PAGE_BYTES, PAGE_BYTES)) {
            assertThatThrownBy(() -> Mempool.create("too-large", new MempoolConfig().socketId(heap.socketId())))
                    .isInstanceOf(DpdkException.class)
                    .hasMessageContaining("too-large");
            assertThatThrownBy(() -> ExternalHeap.create("small-test", address, PAGE_BYTES, PAGE_BYTES))
                    .isInstanceOf(DpdkException.class)
                    .hasMessageContaining("small-test");
        }
    }

    @Test
    void shouldRefuseMemoryThatIsNoWholePages() {
        assertThatThrownBy(() -> ExternalHeap.create("x", PAGE_BYTES + 4096, PAGE_BYTES, PAGE_BYTES))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ExternalHeap.create("x", PAGE_BYTES, 0, PAGE_BYTES))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ExternalHeap.create("", PAGE_BYTES, PAGE_BYTES, PAGE_BYTES))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

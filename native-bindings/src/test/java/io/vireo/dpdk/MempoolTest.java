package io.vireo.dpdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RunningEal.class)
class MempoolTest {
    private static final int CAPACITY = 63;

    private final Mempool pool = Mempool.create(
            "mempool-test", new MempoolConfig().mbufs(CAPACITY).cacheMbufs(8).dataRoomBytes(512));
    private final MbufArray mbufs = MbufArray.allocate(2 * CAPACITY);

    @AfterEach
    void closePool() {
        assertThat(pool.inUseCount()).as("mbufs leaked").isZero();
        pool.close();
    }

    @Test
    void shouldCountWhatIsTakenAndGivenBack() {
        assertThat(pool.capacity()).isEqualTo(CAPACITY);
        assertThat(pool.availableCount()).isEqualTo(CAPACITY);

        assertThat(pool.allocate(mbufs, 0, 40)).isEqualTo(40);
        assertThat(pool.inUseCount()).isEqualTo(40);
        assertThat(pool.availableCount()).isEqualTo(CAPACITY - 40);

        Mempool.free(mbufs, 0, 15);
        assertThat(pool.inUseCount()).isEqualTo(25);
        Mempool.free(mbufs.address(15), 25);
    }

    @Test
    void shouldGiveEachMbufOnceAndThenNone() {
        assertThat(pool.allocate(mbufs, 0, CAPACITY + 1)).isZero();
        assertThat(pool.allocate(mbufs, 0, CAPACITY)).isEqualTo(CAPACITY);
        assertThat(pool.allocate(mbufs, CAPACITY, 1)).isZero();

        Set<Long> distinct = new HashSet<>();
        for (int i = 0; i < CAPACITY; i++) {
            distinct.add(mbufs.get(i));
            assertThat(Mbuf.poolAddress(mbufs.get(i))).isEqualTo(pool.address());
        }
        assertThat(distinct).hasSize(CAPACITY).doesNotContain(0L);
        Mempool.free(mbufs, 0, CAPACITY);
    }

    @Test
    void shouldForgetTheMbufsFormerLife() {
        pool.allocate(mbufs, 0, CAPACITY);
        for (int i = 0; i < CAPACITY; i++) {
            spoil(mbufs.get(i));
        }
        Mempool.free(mbufs, 0, CAPACITY);
        pool.allocate(mbufs, 0, CAPACITY - 8);

        for (int i = 0; i < CAPACITY - 8; i++) {
            assertFresh(mbufs.get(i));
        }
        Mempool.free(mbufs, 0, CAPACITY - 8);
    }

    private static void spoil(long mbuf) {
        Mbuf.append(mbuf, 100);
        Mbuf.removeFront(mbuf, 14);
        Mbuf.setPort(mbuf, 3);
        Mbuf.setOffloadFlags(mbuf, 1);
        Mbuf.setTxOffload(mbuf, -1);
        Mbuf.setVlanTci(mbuf, 77);
    }

    private static void assertFresh(long mbuf) {
        assertThat(Mbuf.dataOffset(mbuf)).isEqualTo(Mbuf.HEADROOM_BYTES).isEqualTo(128);
        assertThat(Mbuf.dataLength(mbuf)).isZero();
        assertThat(Mbuf.packetLength(mbuf)).isZero();
        assertThat(Mbuf.port(mbuf)).isEqualTo(Mbuf.PORT_NONE).isEqualTo(0xFFFF);
        assertThat(Mbuf.segments(mbuf)).isEqualTo(1);
        assertThat(Mbuf.refcnt(mbuf)).isEqualTo(1);
        assertThat(Mbuf.next(mbuf)).isZero();
        assertThat(Mbuf.offloadFlags(mbuf)).isZero();
        assertThat(Mbuf.txOffload(mbuf)).isZero();
        assertThat(Mbuf.vlanTci(mbuf)).isZero();
        assertThat(Mbuf.packetType(mbuf)).isZero();
        assertThat(Mbuf.bufferLength(mbuf)).isEqualTo(512);
        assertThat(Mbuf.tailroom(mbuf)).isEqualTo(512 - 128);
    }

    @Test
    void shouldGrowAndShrinkThePacketAtBothEnds() {
        pool.allocate(mbufs, 0, 1);
        long mbuf = mbufs.get(0);
        long start = Mbuf.dataAddress(mbuf);

        assertThat(Mbuf.append(mbuf, 50)).isEqualTo(start);
        assertThat(Mbuf.append(mbuf, 10)).isEqualTo(start + 50);
        assertThat(Mbuf.prepend(mbuf, 14)).isEqualTo(start - 14).isEqualTo(Mbuf.dataAddress(mbuf));
        assertThat(Mbuf.packetLength(mbuf)).isEqualTo(74);
        assertThat(Mbuf.dataLength(mbuf)).isEqualTo(74);
        assertThat(Mbuf.headroom(mbuf)).isEqualTo(128 - 14);
        assertThat(Mbuf.tailroom(mbuf)).isEqualTo(512 - 128 - 60);
        assertThat(Mbuf.removeFront(mbuf, 34)).isEqualTo(start + 20);
        assertThat(Mbuf.packetLength(mbuf)).isEqualTo(40);
        assertThat(Mbuf.bufferAddress(mbuf) + Mbuf.dataOffset(mbuf)).isEqualTo(start + 20);
        Mempool.free(mbufs, 0, 1);
    }

    @Test
    void shouldFreeWholeChains() {
        pool.allocate(mbufs, 0, 3);
        Mbuf.setNext(mbufs.get(0), mbufs.get(1));
        Mbuf.setNext(mbufs.get(1), mbufs.get(2));
        Mbuf.setSegments(mbufs.get(0), 3);

        Mempool.free(mbufs, 0, 1);

        assertThat(pool.inUseCount()).isZero();
    }

    @Test
    void shouldTakeBackFromAnotherRegisteredThread() throws InterruptedException {
        pool.allocate(mbufs, 0, 20);

        Thread worker = new Thread(() -> {
            try (WorkerThread _ = WorkerThread.register()) {
                Mempool.free(mbufs, 0, 20);
            }
        });
        worker.start();
        worker.join();

        assertThat(pool.inUseCount()).isZero();
    }

    @Test
    void shouldRefuseASecondPoolOfTheSameName() {
        assertThatThrownBy(() -> Mempool.create("mempool-test", new MempoolConfig().mbufs(7)))
                .isInstanceOf(DpdkException.class)
                .hasMessage(
                        "cannot create pool 'mempool-test' of 7 mbufs: File exists; a pool of that name exists already");
    }

    @Test
    void shouldSayHowMuchMemoryIsMissing() {
        assertThatThrownBy(() -> Mempool.create("too-big", new MempoolConfig().mbufs(1_000_000)))
                .isInstanceOf(DpdkException.class)
                // ENOMEM or ENOBUFS, as earlier tests have left the memory
                .hasMessageMatching(
                        "cannot create pool 'too-big' of 1000000 mbufs: [A-Z][a-z ]+; it takes about 2320 MB:"
                                + " give the EAL more memory \\(EalContext.memoryMegabytes\\) or use fewer mbufs");
    }

    @Test
    void shouldRefuseNamesDpdkCannotKeep() {
        assertThatThrownBy(() -> Mempool.create("", new MempoolConfig()))
                .hasMessage("a pool's name has 1 to 22 characters: ''");
        assertThatThrownBy(() -> Mempool.create("a-name-of-23-characters", new MempoolConfig()))
                .hasMessage("a pool's name has 1 to 22 characters: 'a-name-of-23-characters'");
        Mempool.create("a-name-of-22-character", new MempoolConfig().mbufs(7)).close();
    }
}

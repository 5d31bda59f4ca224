package io.vireo.dpdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RunningEal.class)
class WorkerThreadTest {
    private static final int CACHE = 16;

    private final MbufArray mbufs = MbufArray.allocate(64);

    @Test
    void shouldGiveARegisteredThreadACacheOfItsOwn() throws InterruptedException {
        try (Mempool pool =
                Mempool.create("worker-test", new MempoolConfig().mbufs(63).cacheMbufs(CACHE))) {
            run(() -> {
                try (WorkerThread _ = WorkerThread.register()) {
                    pool.allocate(mbufs, 0, CACHE);
                    Mempool.free(mbufs, 0, CACHE);
                }
            });

            // What the thread gave back stayed in its cache: available, but not to the pool itself.
            assertThat(pool.availableCount()).isEqualTo(63);
            assertThat(pool.allocate(mbufs, 0, 63)).isZero();
            assertThat(pool.allocate(mbufs, 0, 63 - CACHE)).isEqualTo(63 - CACHE);
            Mempool.free(mbufs, 0, 63 - CACHE);
        }
    }

    @Test
    void shouldWorkWithoutACacheOnAnUnregisteredThread() throws InterruptedException {
        try (Mempool pool =
                Mempool.create("worker-test", new MempoolConfig().mbufs(63).cacheMbufs(CACHE))) {
            run(() -> {
                pool.allocate(mbufs, 0, CACHE);
                Mempool.free(mbufs, 0, CACHE);
            });

            assertThat(pool.allocate(mbufs, 0, 63)).isEqualTo(63);
            Mempool.free(mbufs, 0, 63);
        }
    }

    @Test
    void shouldRefuseToBeClosedByAnotherThread() throws InterruptedException {
        AtomicReference<String> message = new AtomicReference<>();
        Thread owner = new Thread(
                () -> {
                    WorkerThread mine = WorkerThread.register();
                    message.set(closeElsewhere(mine));
                    mine.close();
                },
                "owner");
        owner.start();
        owner.join();

        assertThat(message.get()).isEqualTo("registered by thread 'owner', closed by 'stranger'");
    }

    private static String closeElsewhere(WorkerThread registration) {
        AtomicReference<String> message = new AtomicReference<>("closed");
        Thread stranger = new Thread(
                () -> {
                    try {
                        registration.close();
                    } catch (IllegalStateException e) {
                        message.set(String.valueOf(e.getMessage()));
                    }
                },
                "stranger");
        stranger.start();
        joinUninterruptibly(stranger);
        return message.get();
    }

    private static void joinUninterruptibly(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void run(Runnable task) throws InterruptedException {
        Thread thread = new Thread(task);
        thread.start();
        thread.join();
    }
}

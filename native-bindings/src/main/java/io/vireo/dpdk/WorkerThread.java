package io.vireo.dpdk;

import io.vireo.dpdk.ffi.Dpdk;

/**
 * The calling thread's membership in DPDK. A registered thread has an lcore number of its own, and with it a cache in each
 * mempool; unregistered threads work too, but go to the shared pool for every buffer. Close on the same thread.
 */
public final class WorkerThread implements AutoCloseable {
    private final Thread owner;

    private WorkerThread(Thread owner) {
        this.owner = owner;
    }

    /**
     * Registers the calling thread, which must be a platform thread and not the one that started the EAL.
     *
     * @throws DpdkException when all 128 lcore numbers are taken.
     */
    public static WorkerThread register() {
        if (Dpdk.rte_thread_register() != 0) {
            throw RteErrno.failure(
                    RteErrno.current(),
                    "register thread '" + Thread.currentThread().getName() + "' with DPDK (at most "
                            + Dpdk.RTE_MAX_LCORE() + " threads)");
        }
        return new WorkerThread(Thread.currentThread());
    }

    /** Gives the lcore number back; the thread's mempool caches stay, counted as available, for its next owner. */
    @Override
    public void close() {
        if (Thread.currentThread().threadId() != owner.threadId()) {
            throw new IllegalStateException("registered by thread '" + owner.getName() + "', closed by '"
                    + Thread.currentThread().getName() + "'");
        }
        Dpdk.rte_thread_unregister();
    }
}

package io.vireo.dpdk;

import io.vireo.dpdk.ffi.Dpdk;
import io.vireo.dpdk.ffi.rte_mempool;
import io.vireo.dpdk.ffi.rte_mempool_ops;
import io.vireo.dpdk.ffi.rte_mempool_ops_table;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A fixed number of packet buffers of one size, all allocated at creation. Any thread may take and give back; threads
 * registered by {@link WorkerThread} give back to a cache of their own first, and so do drivers that receive on them.
 */
public final class Mempool implements AutoCloseable {
    /** Longest name, characters: DPDK derives others from it by a prefix. */
    static final int NAME_MAX_LENGTH = (int) Dpdk.RTE_MEMPOOL_NAMESIZE() - 1 - "MP_".length();

    private final String name;
    private final long address;
    private final MemorySegment segment;
    private final MemorySegment dequeue;
    private final int capacity;
    private final boolean isShareable;
    private boolean open = true;

    private Mempool(String name, MemorySegment pool, boolean isShareable) {
        this.name = name;
        this.isShareable = isShareable;
        this.address = pool.address();
        this.segment = pool.reinterpret(rte_mempool.sizeof());
        this.capacity = rte_mempool.size(segment);
        this.dequeue = rte_mempool_ops.dequeue(
                rte_mempool_ops_table.ops(Dpdk.rte_mempool_ops_table(), rte_mempool.ops_index(segment)));
    }

    /**
     * Creates a pool. Control path.
     *
     * @param name unique in the process, 1..22 ASCII characters.
     * @throws DpdkException when memory does not suffice, or the name is taken.
     */
    public static Mempool create(String name, MempoolConfig config) {
        if (name.isEmpty() || name.length() > NAME_MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "a pool's name has 1 to " + NAME_MAX_LENGTH + " characters: '" + name + "'");
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment pool = Dpdk.rte_pktmbuf_pool_create(
                    arena.allocateFrom(name),
                    config.mbufs(),
                    config.cacheMbufs(),
                    (short) config.privateBytes(),
                    (short) config.dataRoomBytes(),
                    config.socketId());
            if (pool.equals(MemorySegment.NULL)) {
                throw refused(name, config, RteErrno.current());
            }
            return new Mempool(name, pool, Dpdk.rte_malloc_heap_socket_is_external(config.socketId()) != 1);
        }
    }

    private static DpdkException refused(String name, MempoolConfig config, int errno) {
        String hint = switch (errno) {
            case RteErrno.ENOMEM, RteErrno.ENOBUFS -> // the latter when what is left is in pieces
                "; it takes about " + config.approximateMegabytes()
                        + " MB: give the EAL more memory (EalContext.memoryMegabytes) or use fewer mbufs";
            case RteErrno.EEXIST -> "; a pool of that name exists already";
            default -> "";
        };
        String what = "create pool '" + name + "' of " + config.mbufs() + " mbufs";
        return new DpdkException("cannot " + what + ": " + RteErrno.text(errno) + hint, errno);
    }

    /** Returns the name it was created with. */
    public String name() {
        return name;
    }

    /** Returns the address of its {@code struct rte_mempool}, which each of its mbufs carries. */
    public long address() {
        return address;
    }

    /** Returns how many mbufs it has in all. */
    public int capacity() {
        return capacity;
    }

    /** Returns whether other processes can map its buffers, as zero-copy ports need: they are the EAL's memory. */
    public boolean isShareable() {
        return isShareable;
    }

    /** Returns the mbufs nobody holds, caches included. Walks the caches of all threads: for audits, not per packet. */
    public int availableCount() {
        return Dpdk.rte_mempool_avail_count(segment);
    }

    /** Returns the mbufs that somebody holds: applications, and drivers with empty receive buffers. See {@link #availableCount}. */
    public int inUseCount() {
        return Dpdk.rte_mempool_in_use_count(segment);
    }

    /**
     * Takes mbufs, all or none, each as {@link Mbuf#reset} leaves it. They come from the pool itself and not from the thread's
     * cache, so ask for a burst rather than for one at a time. Allocates nothing on the heap.
     *
     * @param count 1 or more; {@code first + count} must fit in {@code into}, which is not checked.
     * @return {@code count}, or 0 when the pool has not that many outside of caches.
     */
    public int allocate(MbufArray into, int first, int count) {
        if (FastPath.dequeue(dequeue, address, into.address(first), count) != 0) {
            return 0;
        }
        for (int i = first; i < first + count; i++) {
            Mbuf.reset(into.get(i));
        }
        return count;
    }

    /**
     * Gives mbufs back, whole chains, each to the pool it came from. Any thread. Allocates nothing.
     *
     * @param count 0 or more; entries of 0 are skipped.
     */
    public static void free(MbufArray from, int first, int count) {
        FastPath.freeBulk(from.address(first), count);
    }

    /** As {@link #free(MbufArray, int, int)}, for a native array of mbuf addresses of the caller's own. */
    public static void free(long arrayAddress, int count) {
        FastPath.freeBulk(arrayAddress, count);
    }

    /** Gives the memory back. No mbuf may be in use, and no port may be configured with it: its queues keep pointers. */
    @Override
    public void close() {
        if (open) {
            open = false;
            Dpdk.rte_mempool_free(segment);
        }
    }

    @Override
    public String toString() {
        return "Mempool{" + name + ", " + capacity + " mbufs}";
    }
}

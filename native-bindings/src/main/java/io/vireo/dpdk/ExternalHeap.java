package io.vireo.dpdk;

import io.vireo.dpdk.ffi.Dpdk;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Memory of the caller's own that DPDK allocates from, under a socket id of its own: {@link MempoolConfig#socketId} takes it.
 * For memory the EAL would not get, such as transparent huge pages while none are reserved. Control path; one owner.
 *
 * <p>Its addresses count as what devices see (IOVA as VA), and it is registered with no device: it serves virtual devices and
 * not NICs. No other process can map it, so memif ports may not be zero-copy clients with mbufs from it.
 */
public final class ExternalHeap implements AutoCloseable {
    /** Longest name, characters. */
    static final int NAME_MAX_LENGTH = 31;

    private final String name;
    private final long address;
    private final long bytes;
    private final int socketId;
    private boolean open = true;

    private ExternalHeap(String name, long address, long bytes, int socketId) {
        this.name = name;
        this.address = address;
        this.bytes = bytes;
        this.socketId = socketId;
    }

    /**
     * Gives memory to DPDK. It stays the caller's, to be unmapped after {@link #close} or the end of the EAL.
     *
     * @param name unique in the process, 1..31 ASCII characters.
     * @param address where it begins, a multiple of {@code pageBytes}.
     * @param bytes how much, a positive multiple of {@code pageBytes}.
     * @param pageBytes no object crosses a boundary of so many bytes: a power of two, 4096 or more.
     * @throws DpdkException when the name is taken, or DPDK has no room for another heap.
     */
    public static ExternalHeap create(String name, long address, long bytes, long pageBytes) {
        if (name.isEmpty() || name.length() > NAME_MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "a heap's name has 1 to " + NAME_MAX_LENGTH + " characters: '" + name + "'");
        }
        if (bytes <= 0 || bytes % pageBytes != 0 || address % pageBytes != 0) {
            throw new IllegalArgumentException("address " + address + " and bytes " + bytes
                    + " must be positive multiples of a page of " + pageBytes + " bytes");
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment heap = arena.allocateFrom(name);
            require(Dpdk.rte_malloc_heap_create(heap), "create heap '" + name + "'");
            int pages = Math.toIntExact(bytes / pageBytes);
            MemorySegment iova = arena.allocate(ValueLayout.JAVA_LONG, pages);
            for (int page = 0; page < pages; page++) {
                iova.setAtIndex(ValueLayout.JAVA_LONG, page, address + page * pageBytes);
            }
            int added = Dpdk.rte_malloc_heap_memory_add(
                    heap, MemorySegment.ofAddress(address), bytes, iova, pages, pageBytes);
            if (added != 0) {
                int errno = RteErrno.current();
                Dpdk.rte_malloc_heap_destroy(heap);
                throw failure("add " + bytes + " bytes to heap '" + name + "'", errno);
            }
            return new ExternalHeap(name, address, bytes, Dpdk.rte_malloc_heap_get_socket(heap));
        }
    }

    /** The socket id that stands for this memory. */
    public int socketId() {
        return socketId;
    }

    /**
     * Takes the memory back from DPDK.
     *
     * @throws DpdkException when something allocated there is still in use.
     */
    @Override
    public void close() {
        if (!open) {
            return;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment heap = arena.allocateFrom(name);
            require(
                    Dpdk.rte_malloc_heap_memory_remove(heap, MemorySegment.ofAddress(address), bytes),
                    "take the memory of heap '" + name + "' back");
            require(Dpdk.rte_malloc_heap_destroy(heap), "destroy heap '" + name + "'");
            open = false;
        }
    }

    private static void require(int result, String what) {
        if (result != 0) {
            throw failure(what, RteErrno.current());
        }
    }

    private static DpdkException failure(String what, int errno) {
        return new DpdkException("cannot " + what + ": " + RteErrno.text(errno), errno);
    }

    @Override
    public String toString() {
        return "ExternalHeap{" + name + ", " + bytes + " bytes}";
    }
}

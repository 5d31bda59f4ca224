package io.vireo.dataplane.tables;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * A piece of address space from mmap(2): zeroed, page-aligned, backed by memory only where it is touched, so a
 * generous size costs nothing until it is used. Huge pages are asked for (madvise(2)), because a table walked at random
 * would otherwise spend its time in TLB misses; a kernel that has none gives ordinary pages.
 *
 * <p>Made and closed at start and end only; closing while anybody still reads it kills the process.
 */
public final class Region implements AutoCloseable {
    /** Regions begin on a boundary of the x86-64 huge page. */
    private static final long HUGE_PAGE_BYTES = 2L << 20;

    private static final long PAGE_BYTES = 4096;

    private static final int PROT_READ_WRITE = 1 | 2;
    private static final int MAP_PRIVATE_ANONYMOUS_NORESERVE = 0x02 | 0x20 | 0x4000;
    private static final int MADV_HUGEPAGE = 14;

    private static final MethodHandle MMAP =
            libc("mmap", FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));
    private static final MethodHandle MADVISE =
            libc("madvise", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final MethodHandle MUNMAP = libc("munmap", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG));

    private final long address;
    private final long bytes;
    private boolean isClosed;

    /**
     * @param bytes how much, at least 1
     * @throws IllegalStateException when the kernel gives no such address space
     */
    public Region(long bytes) {
        this.bytes = bytes;
        long mappedBytes = mappedBytes() + HUGE_PAGE_BYTES;
        long mapping = map(mappedBytes).address();
        address = (mapping + HUGE_PAGE_BYTES - 1) & -HUGE_PAGE_BYTES;
        // What is around it would be two mappings more, of which a process may have 65,530 (vm.max_map_count).
        unmap(mapping, address - mapping);
        unmap(address + mappedBytes(), mapping + mappedBytes - address - mappedBytes());
        adviseHugePages();
    }

    private long mappedBytes() {
        return (bytes + PAGE_BYTES - 1) & -PAGE_BYTES;
    }

    /** Where it begins: on a huge page. */
    public long address() {
        return address;
    }

    long bytes() {
        return bytes;
    }

    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            unmap(address, mappedBytes());
        }
    }

    private static void unmap(long start, long length) {
        if (length == 0) {
            return;
        }
        try {
            int ignored = (int) MUNMAP.invokeExact(MemorySegment.ofAddress(start), length);
        } catch (Throwable e) {
            throw new IllegalStateException("munmap of " + length + " bytes failed", e);
        }
    }

    private static MemorySegment map(long length) {
        MemorySegment result;
        try {
            result = (MemorySegment) MMAP.invokeExact(
                    MemorySegment.NULL, length, PROT_READ_WRITE, MAP_PRIVATE_ANONYMOUS_NORESERVE, -1, 0L);
        } catch (Throwable e) {
            throw new IllegalStateException("mmap of " + length + " bytes failed", e);
        }
        if (result.address() == -1L) {
            throw new IllegalStateException("the kernel gives no address space of " + length + " bytes (ulimit -v?)");
        }
        return result;
    }

    private void adviseHugePages() {
        try {
            // Advice only: a refusal costs speed, not correctness.
            int ignored = (int) MADVISE.invokeExact(MemorySegment.ofAddress(address), bytes, MADV_HUGEPAGE);
        } catch (Throwable e) {
            throw new IllegalStateException("madvise failed", e);
        }
    }

    private static MethodHandle libc(String name, FunctionDescriptor descriptor) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor);
    }
}

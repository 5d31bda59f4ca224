package io.vireo.crypto;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.vireo.dpdk.Memory;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;

/**
 * Memory for keys: never written to swap (mlock2(2)), nor to a core file, nor seen by a child process (madvise(2)). Backed by
 * memory only where it is touched. Taken at start, for the life of the process; whoever removes a key {@linkplain #wipe wipes} it.
 */
public final class KeyMemory {
    private static final int PROT_READ_WRITE = 1 | 2;
    private static final int MAP_PRIVATE_ANONYMOUS_NORESERVE = 0x02 | 0x20 | 0x4000;
    private static final int MLOCK_ONFAULT = 1;
    private static final int MADV_DONTFORK = 10;
    private static final int MADV_DONTDUMP = 16;

    private static final MethodHandle MMAP = libc(
            "mmap", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));
    private static final MethodHandle MLOCK2 =
            libc("mlock2", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));
    private static final MethodHandle MADVISE =
            libc("madvise", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));

    private final long address;
    private final boolean isGuarded;

    /** @throws IllegalStateException when the kernel gives no such address space. */
    public KeyMemory(long bytes) {
        address = map(bytes);
        isGuarded = lock(bytes) && advise(bytes, MADV_DONTDUMP) && advise(bytes, MADV_DONTFORK);
    }

    /** Where it begins: on a page. */
    public long address() {
        return address;
    }

    /** Whether the kernel has done all that was asked; else (ulimit -l) no key belongs here. */
    public boolean isGuarded() {
        return isGuarded;
    }

    /** Overwrites with zeros. */
    public static void wipe(long address, int bytes) {
        Memory.fill(address, bytes, (byte) 0);
    }

    private static long map(long bytes) {
        long result;
        try {
            result = (long) MMAP.invokeExact(0L, bytes, PROT_READ_WRITE, MAP_PRIVATE_ANONYMOUS_NORESERVE, -1, 0L);
        } catch (Throwable e) {
            throw new IllegalStateException("mmap failed", e);
        }
        if (result == -1) {
            throw new IllegalStateException("the kernel gives no address space of " + bytes + " bytes (ulimit -v?)");
        }
        return result;
    }

    private boolean lock(long bytes) {
        try {
            return (int) MLOCK2.invokeExact(address, bytes, MLOCK_ONFAULT) == 0;
        } catch (Throwable e) {
            throw new IllegalStateException("mlock2 failed", e);
        }
    }

    private boolean advise(long bytes, int advice) {
        try {
            return (int) MADVISE.invokeExact(address, bytes, advice) == 0;
        } catch (Throwable e) {
            throw new IllegalStateException("madvise failed", e);
        }
    }

    private static MethodHandle libc(String name, FunctionDescriptor descriptor) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor);
    }
}

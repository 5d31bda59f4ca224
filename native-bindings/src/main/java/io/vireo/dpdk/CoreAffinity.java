package io.vireo.dpdk;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** On which core the calling thread runs: {@code sched_setaffinity(2)}. Start-up only. */
public final class CoreAffinity {
    /** Cores the kernel's {@code cpu_set_t} has room for. */
    public static final int MAX_CORES = 1024;

    private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
    private static final int CALLING_THREAD = 0;

    private static final MethodHandle SET_AFFINITY = Linker.nativeLinker()
            .downcallHandle(
                    Linker.nativeLinker().defaultLookup().findOrThrow("sched_setaffinity"),
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS),
                    Linker.Option.captureCallState("errno"));

    private CoreAffinity() {}

    /**
     * Ties the calling platform thread to one core, for the rest of its life.
     *
     * @param core 0..{@link #MAX_CORES}-1, as Linux numbers them.
     * @throws DpdkException when there is no such core, or this process may not use it.
     */
    public static void pin(int core) {
        Range.check("core", core, 0, MAX_CORES - 1);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment cores = arena.allocate(MAX_CORES / Byte.SIZE, Long.BYTES);
            cores.setAtIndex(ValueLayout.JAVA_LONG, core / Long.SIZE, 1L << core);
            MemorySegment state = arena.allocate(CALL_STATE);
            if (setAffinity(state, cores) != 0) {
                int errno = state.get(ValueLayout.JAVA_INT, 0);
                throw new DpdkException(
                        "cannot run on core " + core + ": this machine has no such core, or this process may not use it"
                                + " (errno " + errno + "; see Cpus_allowed_list in /proc/self/status)",
                        errno);
            }
        }
    }

    private static int setAffinity(MemorySegment state, MemorySegment cores) {
        try {
            return (int) SET_AFFINITY.invokeExact(state, CALLING_THREAD, cores.byteSize(), cores);
        } catch (Throwable e) {
            throw new AssertionError("a C function throws nothing", e);
        }
    }
}

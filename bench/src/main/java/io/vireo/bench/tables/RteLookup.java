package io.vireo.bench.tables;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** Calls a lookup function of DPDK's for a batch, in the cheapest way Java has: the thread stays in Java state. */
final class RteLookup {
    /** {@code int f(table, addresses, next_hops, n)}; the function is an argument. */
    private static final MethodHandle LOOKUP = Linker.nativeLinker()
            .downcallHandle(
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_INT,
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_INT),
                    Linker.Option.critical(false));

    private RteLookup() {}

    static void batch(MemorySegment function, long table, long addresses, long nextHops) {
        int status;
        try {
            status = (int) LOOKUP.invokeExact(function, table, addresses, nextHops, LookupRun.BATCH);
        } catch (Throwable e) {
            throw new AssertionError("a C function throws nothing", e);
        }
        if (status != 0) {
            throw new IllegalStateException("the lookup was refused: " + status);
        }
    }
}

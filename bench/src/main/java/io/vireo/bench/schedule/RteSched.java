package io.vireo.bench.schedule;

import io.vireo.dpdk.ffi.Dpdk;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** The two calls of librte_sched that are made per burst, in the cheapest way Java has: the thread stays in Java state. */
final class RteSched {
    private static final Linker LINKER = Linker.nativeLinker();

    /** {@code int f(struct rte_sched_port *, struct rte_mbuf **, uint32_t)}. */
    private static final FunctionDescriptor BURST = FunctionDescriptor.of(
            ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT);

    private static final MethodHandle ENQUEUE =
            LINKER.downcallHandle(Dpdk.rte_sched_port_enqueue$address(), BURST, Linker.Option.critical(false));

    private static final MethodHandle DEQUEUE =
            LINKER.downcallHandle(Dpdk.rte_sched_port_dequeue$address(), BURST, Linker.Option.critical(false));

    private RteSched() {}

    /** How many of the packets it took; it frees the others. */
    static int enqueue(long port, long mbufs, int count) {
        try {
            return (int) ENQUEUE.invokeExact(port, mbufs, count);
        } catch (Throwable e) {
            throw new AssertionError("a C function throws nothing", e);
        }
    }

    static int dequeue(long port, long mbufs, int count) {
        try {
            return (int) DEQUEUE.invokeExact(port, mbufs, count);
        } catch (Throwable e) {
            throw new AssertionError("a C function throws nothing", e);
        }
    }
}

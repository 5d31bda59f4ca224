package io.vireo.dpdk;

import io.vireo.dpdk.ffi.Dpdk;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * The native calls made per burst. Pointers are typed as {@code long}, so that no MemorySegment is made; counts as
 * {@code char}, Java's unsigned 16 bits ({@code uint16_t}). Handles are static final so that the JIT compiles them in.
 *
 * <p>They are <em>critical</em>: the thread stays in Java state during the call, which saves two state transitions. That is
 * allowed because these functions never call back into Java and return soon: drivers poll, they do not wait.
 */
final class FastPath {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option POLLS_ONLY = Linker.Option.critical(false);

    /** {@code uint16_t burst(void *queue, struct rte_mbuf **mbufs, uint16_t count)}, rx and tx alike; the function is an argument. */
    static final MethodHandle BURST = LINKER.downcallHandle(
            FunctionDescriptor.of(
                    ValueLayout.JAVA_CHAR, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_CHAR),
            POLLS_ONLY);

    /** {@code int dequeue(struct rte_mempool *pool, void **objects, unsigned int count)}; the function is an argument. */
    static final MethodHandle MEMPOOL_DEQUEUE = LINKER.downcallHandle(
            FunctionDescriptor.of(
                    ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT),
            POLLS_ONLY);

    /** {@code void rte_pktmbuf_free_bulk(struct rte_mbuf **mbufs, unsigned int count)}. */
    static final MethodHandle FREE_BULK = LINKER.downcallHandle(
            Dpdk.rte_pktmbuf_free_bulk$address(),
            FunctionDescriptor.ofVoid(ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT),
            POLLS_ONLY);

    /** {@code int rte_eth_stats_get(uint16_t port, struct rte_eth_stats *)}. Not critical: some drivers ask the kernel. */
    static final MethodHandle STATS_GET = LINKER.downcallHandle(
            Dpdk.rte_eth_stats_get$address(),
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_CHAR, ValueLayout.JAVA_LONG));

    /** {@code int rte_eth_link_get_nowait(uint16_t port, struct rte_eth_link *)}. Not critical: some drivers ask the kernel. */
    static final MethodHandle LINK_GET = LINKER.downcallHandle(
            Dpdk.rte_eth_link_get_nowait$address(),
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_CHAR, ValueLayout.JAVA_LONG));

    private FastPath() {}

    static int burst(MemorySegment function, long queue, long mbufs, int count) {
        try {
            return (char) BURST.invokeExact(function, queue, mbufs, (char) count);
        } catch (Throwable e) {
            throw unreachable(e);
        }
    }

    static int dequeue(MemorySegment function, long pool, long objects, int count) {
        try {
            return (int) MEMPOOL_DEQUEUE.invokeExact(function, pool, objects, count);
        } catch (Throwable e) {
            throw unreachable(e);
        }
    }

    static void freeBulk(long mbufs, int count) {
        try {
            FREE_BULK.invokeExact(mbufs, count);
        } catch (Throwable e) {
            throw unreachable(e);
        }
    }

    static int stats(int port, long stats) {
        try {
            return (int) STATS_GET.invokeExact((char) port, stats);
        } catch (Throwable e) {
            throw unreachable(e);
        }
    }

    static int link(int port, long link) {
        try {
            return (int) LINK_GET.invokeExact((char) port, link);
        } catch (Throwable e) {
            throw unreachable(e);
        }
    }

    private static AssertionError unreachable(Throwable e) {
        return new AssertionError("a C function throws nothing", e);
    }
}

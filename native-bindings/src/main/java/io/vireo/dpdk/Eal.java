package io.vireo.dpdk;

import io.vireo.dpdk.ffi.Dpdk;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * DPDK's run-time environment. A process has one, once: it cannot be started again after {@link #close}. The thread that
 * starts it becomes DPDK's lcore 0 and needs no {@link WorkerThread#register}; it is not pinned.
 */
public final class Eal implements AutoCloseable {
    /** "Any NUMA node", where one is asked for. */
    public static final int ANY_SOCKET = -1;

    private static final Logger LOGGER = System.getLogger(Eal.class.getName());

    private boolean open = true;

    private Eal() {}

    /**
     * Checks that DPDK 22.11 is installed, and starts it.
     *
     * @throws DpdkException saying what is missing and what to do about it.
     */
    public static Eal start(EalContext context) {
        DpdkLibrary.requireInstalled();
        requireMemory(context, ProcFs.availableMemoryMegabytes());
        List<String> arguments = context.toArguments(ProcFs.allowedCpus());
        NativeLog.Captured init = NativeLog.during(() -> init(arguments));
        if (init.result() < 0) {
            throw EalFailure.explain(init.errno(), init.log(), context, arguments);
        }
        init.log().lines().forEach(line -> LOGGER.log(Level.INFO, line));
        return new Eal();
    }

    /** Returns the loaded library's version, such as {@code DPDK 22.11.11}. The library must be installed; nothing need be started. */
    public static String version() {
        DpdkLibrary.requireInstalled();
        return Dpdk.rte_version().getString(0);
    }

    /** DPDK would reserve what the kernel cannot give, and be killed for touching it. */
    static void requireMemory(EalContext context, long availableMegabytes) {
        if (!context.useHugepages() && context.memoryMegabytes() > availableMegabytes) {
            throw new DpdkException(
                    "cannot start DPDK: not enough memory for " + context.memoryMegabytes() + " MB, "
                            + availableMegabytes + " MB are available; lower EalContext.memoryMegabytes or free memory",
                    RteErrno.ENOMEM);
        }
    }

    private static int init(List<String> arguments) {
        // The EAL keeps pointers into its arguments for as long as it runs.
        Arena arena = Arena.global();
        MemorySegment argv = arena.allocate(ValueLayout.ADDRESS, arguments.size() + 1L);
        for (int i = 0; i < arguments.size(); i++) {
            argv.setAtIndex(ValueLayout.ADDRESS, i, arena.allocateFrom(arguments.get(i)));
        }
        return Dpdk.rte_eal_init(arguments.size(), argv);
    }

    /** Ends DPDK. Ports must be closed and no thread be using DPDK. */
    @Override
    public void close() {
        if (open) {
            open = false;
            Dpdk.rte_eal_cleanup();
        }
    }
}

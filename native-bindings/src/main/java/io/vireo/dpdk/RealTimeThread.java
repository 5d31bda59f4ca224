package io.vireo.dpdk;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** Makes the calling thread run before all ordinary ones: {@code sched_setscheduler(2)}. Start-up only. */
public final class RealTimeThread {
    /** The lowest real-time priority: enough to run before ordinary threads, and behind whatever the machine's owner put higher. */
    private static final int LOWEST = 1;

    private static final int SCHED_RR = 2;

    /** Threads that this one starts are ordinary again. */
    private static final int SCHED_RESET_ON_FORK = 0x4000_0000;

    private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
    private static final int CALLING_THREAD = 0;

    private static final MethodHandle SET_SCHEDULER = Linker.nativeLinker()
            .downcallHandle(
                    Linker.nativeLinker().defaultLookup().findOrThrow("sched_setscheduler"),
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS),
                    Linker.Option.captureCallState("errno"));

    private RealTimeThread() {}

    /**
     * Gives the calling platform thread the lowest real-time priority (SCHED_RR 1), for the rest of its life.
     *
     * @throws DpdkException when this process may not; the thread is as it was then.
     */
    public static void take() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment priority = arena.allocateFrom(ValueLayout.JAVA_INT, LOWEST);
            MemorySegment state = arena.allocate(CALL_STATE);
            if (setScheduler(state, priority) != 0) {
                int errno = state.get(ValueLayout.JAVA_INT, 0);
                throw new DpdkException(
                        "no real-time priority: this process may not (errno " + errno
                                + "; it takes CAP_SYS_NICE or a limit of ulimit -r)",
                        errno);
            }
        }
    }

    private static int setScheduler(MemorySegment state, MemorySegment priority) {
        try {
            return (int) SET_SCHEDULER.invokeExact(state, CALLING_THREAD, SCHED_RR | SCHED_RESET_ON_FORK, priority);
        } catch (Throwable e) {
            throw new AssertionError("a C function throws nothing", e);
        }
    }
}

package io.vireo.bench.linerate.traffic;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** How Linux chooses among threads that want one CPU: {@code sched_setscheduler(2)}. Any thread. */
enum SchedulingPolicy {
    /** A fair share, weighed by niceness: {@code SCHED_OTHER}. */
    OTHER(0, 0),
    /** Before all ordinary threads, until it waits: {@code SCHED_FIFO}, at the lowest of its priorities. */
    FIFO(1, 1);

    /** As the system call has it. */
    static final int CALLING_THREAD = 0;

    private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();

    private static final MethodHandle SET_SCHEDULER = Linker.nativeLinker()
            .downcallHandle(
                    Linker.nativeLinker().defaultLookup().findOrThrow("sched_setscheduler"),
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS),
                    Linker.Option.captureCallState("errno"));

    private final int policy;
    private final int priority;

    SchedulingPolicy(int policy, int priority) {
        this.policy = policy;
        this.priority = priority;
    }

    /**
     * Gives a thread this policy.
     *
     * @param thread Linux's number of it, of whichever process, or {@link #CALLING_THREAD}
     * @throws IllegalStateException when there is no such thread, or this user may not
     */
    void apply(int thread) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CALL_STATE);
            MemorySegment parameters = arena.allocateFrom(ValueLayout.JAVA_INT, priority);
            if (setScheduler(state, thread, parameters) != 0) {
                throw new IllegalStateException("thread " + thread + " cannot be made " + this + ": errno "
                        + state.get(ValueLayout.JAVA_INT, 0) + " of sched_setscheduler; root may");
            }
        }
    }

    private int setScheduler(MemorySegment state, int thread, MemorySegment parameters) {
        try {
            return (int) SET_SCHEDULER.invokeExact(state, thread, policy, parameters);
        } catch (Throwable e) {
            throw new AssertionError("a C function throws nothing", e);
        }
    }
}

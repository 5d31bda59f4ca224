package io.vireo.dataplane;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Whether workers may be real-time threads: they then wait for no ordinary thread, but for each other and for the kernel. That is
 * only safe where the others keep a CPU and the workers sleep.
 *
 * @param idle what the workers do while there is nothing to do
 * @param workers how many there are
 * @param cpus CPUs this process may use
 * @param runtimeMicroseconds of each second that real-time threads may use at most, {@code kernel.sched_rt_runtime_us}; -1: all of it
 */
record RealTimeRule(IdleChoice idle, int workers, int cpus, long runtimeMicroseconds) {
    private static final Path RUNTIME = Path.of("/proc/sys/kernel/sched_rt_runtime_us");
    private static final long ALL = -1;

    /** The rule on this machine. */
    static RealTimeRule of(Context context) {
        return new RealTimeRule(
                context.workerIdle(), context.workers(), Runtime.getRuntime().availableProcessors(), runtime());
    }

    /** Why they may not; empty: they may. */
    Optional<String> obstacle() {
        if (!idle.sleeps()) {
            return Optional.of("vireo.idle=" + idle.text() + " never sleeps");
        }
        if (workers >= cpus) {
            return Optional.of("of " + cpus + " CPUs " + workers + " workers would leave none to other threads");
        }
        return runtimeMicroseconds == ALL
                ? Optional.of("kernel.sched_rt_runtime_us=-1 keeps no time for other threads")
                : Optional.empty();
    }

    /** A kernel that does not say has no limit. */
    private static long runtime() {
        try {
            return Long.parseLong(Files.readString(RUNTIME).strip());
        } catch (IOException | NumberFormatException e) {
            return ALL;
        }
    }
}

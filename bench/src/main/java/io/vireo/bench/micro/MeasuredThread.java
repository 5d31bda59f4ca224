package io.vireo.bench.micro;

import io.vireo.dpdk.CoreAffinity;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What the set-up of every case does on the thread that is measured, once DPDK runs where it is needed. */
public final class MeasuredThread {
    /** System property: the CPU to run on; the JVM's other threads may run anywhere, as those of a worker's may. */
    static final String CORE = "vireo.bench.core";

    /** JMH limits iterations; this limits all of a case, set-up included. */
    private static final int DEADLINE_SECONDS = 60;

    private static final int FAILED = 1;

    private MeasuredThread() {}

    /** Ties the calling thread to the CPU that is measured, and the JVM's life to that of whoever started it, or to a minute. */
    public static void begin() {
        @Nullable Integer core = Integer.getInteger(CORE);
        if (core != null) {
            CoreAffinity.pin(core);
        }
        ProcessHandle.current().parent().ifPresent(MeasuredThread::endWith);
    }

    private static void endWith(ProcessHandle parent) {
        var _ = parent.onExit().orTimeout(DEADLINE_SECONDS, TimeUnit.SECONDS).whenComplete((_, late) -> {
            if (late != null) {
                System.err.println("Error: it was not through after " + DEADLINE_SECONDS + " s");
            }
            Runtime.getRuntime().halt(FAILED);
        });
    }
}

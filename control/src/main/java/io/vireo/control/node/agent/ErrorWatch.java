package io.vireo.control.node.agent;

import io.vireo.control.node.events.Events;
import io.vireo.dataplane.wire.counters.SystemCounter;
import io.vireo.dataplane.wire.memory.SharedMemory;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.Set;

/**
 * Reports exceptions in the data plane's threads, which go on after them, each distinct one once. Only the node agent's
 * thread uses it.
 */
final class ErrorWatch {
    private static final Logger LOG = System.getLogger(ErrorWatch.class.getName());

    private final Events events;
    private final Set<String> reported = new HashSet<>();
    private long errors;
    private boolean isDue;

    ErrorWatch(Events events) {
        this.events = events;
    }

    /** Looks whether there are more. */
    void poll(SharedMemory memory) {
        long counted = memory.systemCounters().get(SystemCounter.ERRORS).get();
        boolean isMore = counted != errors;
        errors = counted;
        if (isMore || isDue) {
            memory.readErrors((observations, firstMs, lastMs, stackTrace) -> report(stackTrace));
        }
        isDue = isMore; // once more, for an error is counted before it is logged
    }

    /** The next data plane has a log of its own. */
    void clear() {
        reported.clear();
        errors = 0;
        isDue = false;
    }

    private void report(String stackTrace) {
        if (reported.add(stackTrace)) {
            LOG.log(Level.ERROR, "The data plane met an error and goes on: {0}", stackTrace);
            events.error(
                    "dataplane.error",
                    "dataplane",
                    stackTrace.lines().findFirst().orElse("an unknown error"));
        }
    }
}

package io.vireo.control.view;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The data plane as control sees it.
 *
 * @param state        whether it is there.
 * @param reason       why it is not, or empty.
 * @param pid          its process, 0 when absent.
 * @param incarnation  distinguishes one start from the next, 0 when absent.
 * @param startedAt    when it started, null when absent.
 * @param workers      its forwarding threads.
 */
public record DataplaneStatus(
        State state,
        String reason,
        long pid,
        long incarnation,
        @Nullable Instant startedAt,
        List<WorkerStatus> workers) {

    public DataplaneStatus {
        workers = List.copyOf(workers);
    }

    /** Whether the data plane is there. */
    public enum State {
        /** Not running, or not usable; see the reason. */
        ABSENT,
        /** Running, and being told what it does not know yet. */
        SYNCHRONISING,
        /** Running, and told everything. */
        RUNNING
    }
}

package io.vireo.control.view;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The data plane as control sees it.
 *
 * @param state        its state.
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

    /** State of the data plane. */
    public enum State {
        /** Not running, or not usable; see the reason. */
        ABSENT,
        /** Running, and being programmed. */
        SYNCHRONISING,
        /** Running, and fully programmed. */
        RUNNING
    }
}

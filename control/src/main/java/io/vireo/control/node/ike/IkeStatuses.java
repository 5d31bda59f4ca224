package io.vireo.control.node.ike;

import io.vireo.control.node.events.Events;
import io.vireo.control.view.IkeStatus;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** How negotiations stand, and an event for each change that is worth one. Written by a daemon's thread, read by any. */
final class IkeStatuses {
    private final Events events;
    private final Map<String, IkeStatus> byPath = new ConcurrentHashMap<>();

    IkeStatuses(Events events) {
        this.events = events;
    }

    /** By the paths of tunnels. */
    Map<String, IkeStatus> byPath() {
        return byPath;
    }

    void report(
            IkeConnection connection,
            String state,
            @Nullable String proposal,
            long ageSeconds,
            @Nullable String reason) {
        IkeStatus next = new IkeStatus(
                state, connection.ike().localId(), connection.ike().remoteId(), proposal, ageSeconds, reason);
        IkeStatus before = byPath.put(connection.path(), next);
        String said = before == null ? "" : text(before);
        if (text(next).equals(said)) {
            return;
        }
        if (reason != null) {
            events.warning("ike.state", connection.path(), state + ": " + reason);
        } else if (state.equals(IkeStatus.ESTABLISHED)) {
            events.info("ike.state", connection.path(), "established with " + next.remoteId() + " by " + proposal);
        } else if (before != null) {
            events.info("ike.state", connection.path(), state);
        }
    }

    /** What is worth an event when it changes. */
    private static String text(IkeStatus status) {
        return status.reason() == null ? status.state() : status.state() + ": " + status.reason();
    }
}

package io.vireo.control.network.controller;

import io.vireo.control.model.document.Change;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a change of the network.
 *
 * @param version the version that is current now.
 * @param changes what is different from the version before; empty when nothing is, and then no version was made.
 * @param steps what happened at each node.
 * @param tookMs from the document to the last node.
 * @param confirmBy when it is reverted unless confirmed, or null.
 * @param confirmed the version whose trial this change ended, so that it is not reverted; or null.
 */
public record NetworkOutcome(
        long version,
        List<Change> changes,
        List<NodeStep> steps,
        long tookMs,
        @Nullable Instant confirmBy,
        @Nullable Long confirmed) {

    public NetworkOutcome {
        changes = List.copyOf(changes);
        steps = List.copyOf(steps);
    }
}

package io.vireo.control.desired;

import io.vireo.control.model.document.Change;
import io.vireo.control.view.ApplyReport;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a change of the desired state.
 *
 * @param version   the version that is current now.
 * @param changes   what is different from the version before; empty when nothing is, and then no version was made.
 * @param report    how it was applied to the node.
 * @param confirmBy when it is reverted unless confirmed, or null.
 * @param confirmed the version whose trial this change ended, so that it is not reverted; or null.
 */
public record ChangeOutcome(
        long version,
        List<Change> changes,
        ApplyReport report,
        @Nullable Instant confirmBy,
        @Nullable Long confirmed) {

    public ChangeOutcome {
        changes = List.copyOf(changes);
    }
}

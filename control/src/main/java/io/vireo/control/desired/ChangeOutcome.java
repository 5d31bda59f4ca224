package io.vireo.control.desired;

import io.vireo.control.model.document.Change;
import io.vireo.control.view.ApplyReport;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a wish to change the desired state.
 *
 * @param version   the version that is current now.
 * @param changes   what is different from the version before; empty when nothing is, and then no version was made.
 * @param report    how the node was brought to it.
 * @param confirmBy when it is reverted unless confirmed, or null.
 */
public record ChangeOutcome(
        long version,
        List<Change> changes,
        ApplyReport report,
        @Nullable Instant confirmBy) {

    public ChangeOutcome {
        changes = List.copyOf(changes);
    }
}

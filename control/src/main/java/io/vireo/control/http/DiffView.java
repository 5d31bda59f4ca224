package io.vireo.control.http;

import io.vireo.control.model.document.Change;
import io.vireo.control.model.document.ConfigurationDiff;
import java.util.List;

/** What is different, for programs and for people. */
public record DiffView(List<Change> changes, String text) {

    public DiffView {
        changes = List.copyOf(changes);
    }

    /** As it is answered. */
    public static DiffView of(List<Change> changes) {
        return new DiffView(changes, ConfigurationDiff.toText(changes));
    }
}

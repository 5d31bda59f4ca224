package io.vireo.control.network.transaction;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Nothing was changed on any node. */
public final class SetUpRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Map<String, String> reasons;

    /** @param reasons by the names of the nodes that refused. */
    SetUpRefusedException(Map<String, String> reasons) {
        super(reasons.entrySet().stream()
                .map(reason -> "node " + reason.getKey() + ": " + reason.getValue())
                .collect(Collectors.joining("\n")));
        this.reasons = new TreeMap<>(reasons);
    }

    /** Why, by the names of the nodes that refused. */
    public Map<String, String> reasons() {
        return reasons;
    }
}

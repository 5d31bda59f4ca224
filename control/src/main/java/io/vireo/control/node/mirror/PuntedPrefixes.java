package io.vireo.control.node.mirror;

import io.vireo.control.model.IpPrefix;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The prefixes of a virtual router that are left to Linux because of a limitation of the data plane's, for the operator to see.
 * Of very many some are forgotten until all routes are looked at again. Only the node agent's thread uses it.
 */
final class PuntedPrefixes {
    private static final int MAX_PREFIXES = 10_000;

    private final Map<IpPrefix, PuntCause> causes = new HashMap<>();
    private boolean isFull;

    void put(IpPrefix prefix, @Nullable PuntCause cause) {
        if (cause == null || cause == PuntCause.POLICY_RULE) { // a rule is reported as such, for all its prefixes
            if (!causes.isEmpty()) {
                causes.remove(prefix);
            }
        } else if (causes.size() < MAX_PREFIXES) {
            causes.put(prefix, cause);
        } else {
            isFull = true;
        }
    }

    /** Whether some may be missing. */
    boolean isFull() {
        return isFull;
    }

    /** All routes are about to be looked at. */
    void clear() {
        causes.clear();
        isFull = false;
    }

    /** What is left to Linux: a text for each cause. */
    List<String> texts() {
        Map<PuntCause, SortedSet<IpPrefix>> byCause = new EnumMap<>(PuntCause.class);
        causes.forEach((prefix, cause) ->
                byCause.computeIfAbsent(cause, each -> new TreeSet<>()).add(prefix));
        return byCause.entrySet().stream()
                .map(entry -> text(entry.getKey(), entry.getValue()))
                .toList();
    }

    private String text(PuntCause cause, SortedSet<IpPrefix> prefixes) {
        int others = prefixes.size() - 1;
        return "packets to " + prefixes.getFirst()
                + (others == 0 ? "" : " and " + (isFull ? "at least " : "") + others + " more prefixes")
                + " are left to Linux, at the punt rate: " + cause.text();
    }
}

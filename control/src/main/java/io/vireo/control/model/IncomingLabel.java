package io.vireo.control.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a virtual router does with packets that come with an MPLS label: an entry of its incoming label map (RFC 3031 §3.11).
 *
 * @param label         the label that comes, outermost; unique in the router, {@link Limits#MIN_LABEL} to {@link Limits#MAX_LABEL}.
 * @param operation     what becomes of the label.
 * @param labels        those that are put in its place, or on it, the outermost first; none of {@link Operation#POP}.
 * @param via           next hops on links of the router, at most {@link Limits#MAX_NEXT_HOPS}; none where the router takes the label
 *                      off for itself.
 * @param interfaceName the interface to leave by, or null to have it follow from the next hops.
 * @param router        who goes on with the packet underneath, where there is no next hop; null: the router itself.
 * @param ttl           whose business the TTLs of a stack are (RFC 3443).
 */
public record IncomingLabel(
        int label,
        Operation operation,
        List<Integer> labels,
        List<IpAddress> via,
        @Nullable String interfaceName,
        @Nullable RouterPath router,
        HeaderModes.Ttl ttl) {

    /** What becomes of a label. */
    public enum Operation {
        /** Others take its place. */
        SWAP,
        /** Others come on it. */
        PUSH,
        /** It is taken off. */
        POP;

        /** As it is written. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public IncomingLabel {
        labels = List.copyOf(labels);
        via = List.copyOf(via);
    }

    /** The labels that the packet leaves with in the place of the one it came with, the outermost first. */
    public List<Integer> outLabels() {
        List<Integer> out = new ArrayList<>(labels);
        if (operation == Operation.PUSH) {
            out.add(label);
        }
        return out;
    }

    /** Whether the router, or another, goes on with what is underneath. */
    public boolean isLocal() {
        return via.isEmpty();
    }

    /** Such as {@code swap 200/300}. */
    public String describe() {
        return labels.isEmpty()
                ? operation.toString()
                : operation + labels.stream().map(String::valueOf).collect(Collectors.joining("/", " ", ""));
    }
}

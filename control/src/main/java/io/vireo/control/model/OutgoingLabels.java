package io.vireo.control.model;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The MPLS labels that a route puts before packets (RFC 3031 §3.12).
 *
 * @param labels the outermost first, at least one.
 * @param ttl    of each, 1 to 255; {@link #UNIFORM}: the packet's (RFC 3443).
 */
public record OutgoingLabels(List<Integer> labels, int ttl) {
    public static final int UNIFORM = 0;

    /** What a label takes on the wire (RFC 3032 §2.1). */
    public static final int ENTRY_BYTES = 4;

    /** Of labels that are none of the packet's business (RFC 3443 §3.2). */
    public static final int PIPE = 255;

    public OutgoingLabels {
        labels = List.copyOf(labels);
    }

    /** Such as {@code 100/200}, as Linux writes it. */
    @Override
    public String toString() {
        return labels.stream().map(String::valueOf).collect(Collectors.joining("/"))
                + (ttl == UNIFORM ? "" : " ttl " + ttl);
    }
}

package io.vireo.control.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a virtual router does with a label, as the data plane holds it.
 *
 * @param vpn       of the router.
 * @param router    its name there.
 * @param label     that comes in.
 * @param outLabels those that take its place, the outermost first; none: it is taken off.
 * @param nextHops  where the packet goes; none: a router goes on with what is underneath.
 * @param receiver  the interface that receives that then, as {@code VPN/ROUTER/INTERFACE}; null: the one by which it came.
 * @param ttl       {@code uniform} or {@code pipe}.
 * @param packets   that came with the label, since it is known.
 * @param bytes     of them, from the label on.
 */
public record LabelStatus(
        String vpn,
        String router,
        int label,
        List<Integer> outLabels,
        List<RouteStatus.NextHop> nextHops,
        @Nullable String receiver,
        String ttl,
        long packets,
        long bytes) {

    public LabelStatus {
        outLabels = List.copyOf(outLabels);
        nextHops = List.copyOf(nextHops);
    }
}

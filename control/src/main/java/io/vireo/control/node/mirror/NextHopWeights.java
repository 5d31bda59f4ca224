package io.vireo.control.node.mirror;

import io.vireo.control.node.forwarding.ForwardingRoute;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The kernel's weights of next hops, as the data plane takes them. */
final class NextHopWeights {
    private static final int MAX_WEIGHT = 255;
    private static final Comparator<ForwardingRoute.NextHop> BY_INTERFACE = Comparator.comparingInt(
                    ForwardingRoute.NextHop::interfaceId)
            .thenComparingLong(ForwardingRoute.NextHop::gatewayHigh)
            .thenComparingLong(ForwardingRoute.NextHop::gatewayLow)
            .thenComparing(nextHop -> String.valueOf(nextHop.labels()));

    private NextHopWeights() {}

    /** With weights as they fit; that of a single next hop says nothing. In an order of our own: IPv6 dumps and notifies in two. */
    static List<ForwardingRoute.NextHop> applied(Map<ForwardingRoute.NextHop, Integer> weights) {
        int heaviest =
                weights.values().stream().mapToInt(Integer::intValue).max().orElse(1);
        return weights.entrySet().stream()
                .map(entry -> entry.getKey().withWeight(weights.size() == 1 ? 1 : scaled(entry.getValue(), heaviest)))
                .sorted(BY_INTERFACE)
                .toList();
    }

    private static int scaled(int weight, int heaviest) {
        return heaviest <= MAX_WEIGHT ? weight : Math.max(1, (int) ((long) weight * MAX_WEIGHT / heaviest));
    }
}

package io.vireo.control.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A route of the data plane.
 *
 * @param prefix   the destination.
 * @param kind     {@code unicast}, {@code local}, {@code blackhole}, {@code unreachable}, {@code prohibit} or {@code punt}.
 * @param nextHops where it leads; empty unless unicast.
 */
public record RouteStatus(String prefix, String kind, List<NextHop> nextHops) {

    public RouteStatus {
        nextHops = List.copyOf(nextHops);
    }

    /**
     * Where packets go next.
     *
     * @param interfaceName the interface to leave by.
     * @param gateway       address of the next router, or null when the destination is on-link.
     * @param weight        share among the next hops, from 1.
     * @param labels        MPLS labels with which packets leave, the outermost first, and after them their TTL unless it is the packet's:
     *                      {@code 100/200 ttl 255}; null: none.
     */
    public record NextHop(
            String interfaceName,
            @Nullable String gateway,
            int weight,
            @Nullable String labels) {
        /** One without labels. */
        public NextHop(String interfaceName, @Nullable String gateway, int weight) {
            this(interfaceName, gateway, weight, null);
        }
    }
}

package io.vireo.bench.forward;

import io.vireo.dataplane.wire.code.AddressFamily;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Which neighbour a packet must go to: looks for each length of prefix, the longest first. Slow and obvious. */
final class NeighbourOracle {
    private record Prefix(int router, AddressFamily family, long hi, long lo, int length) {}

    private final Map<Prefix, Integer> neighbours = new HashMap<>();

    NeighbourOracle(Collection<WorkloadRoute> routes) {
        for (WorkloadRoute route : routes) {
            Prefix prefix = new Prefix(route.router(), route.family(), route.hi(), route.lo(), route.length());
            neighbours.put(prefix, route.neighbour());
        }
    }

    /** Its number, or -1 when there is no route. */
    int neighbour(int router, AddressFamily family, long hi, long lo) {
        for (int length = family == AddressFamily.IPV4 ? Integer.SIZE : 2 * Long.SIZE; length >= 0; length--) {
            Integer neighbour = neighbours.get(prefix(router, family, hi, lo, length));
            if (neighbour != null) {
                return neighbour;
            }
        }
        return -1;
    }

    private static Prefix prefix(int router, AddressFamily family, long hi, long lo, int length) {
        if (family == AddressFamily.IPV4) {
            return new Prefix(router, family, 0, lo & mask(Integer.SIZE - length), length);
        }
        return length <= Long.SIZE
                ? new Prefix(router, family, hi & mask(Long.SIZE - length), 0, length)
                : new Prefix(router, family, hi, lo & mask(2 * Long.SIZE - length), length);
    }

    /** All bits but the last {@code host}. */
    private static long mask(int host) {
        return host >= Long.SIZE ? 0 : -1L << host;
    }
}

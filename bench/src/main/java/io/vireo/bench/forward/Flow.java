package io.vireo.bench.forward;

import io.vireo.dataplane.wire.code.AddressFamily;

/**
 * Packets from the neighbour to one address through one virtual router.
 *
 * @param router the virtual router
 * @param family of the packets
 * @param hi upper half of an IPv6 destination; 0 for IPv4
 * @param lo lower half, or the IPv4 destination
 */
public record Flow(int router, AddressFamily family, long hi, long lo) {
    /** Flow n goes to the first host of its own prefix, {@link WorkloadRoute#own}. */
    static Flow own(int n, int router, AddressFamily family) {
        WorkloadRoute route = WorkloadRoute.own(n, router, family);
        return new Flow(router, family, route.hi(), route.lo() | 1);
    }
}

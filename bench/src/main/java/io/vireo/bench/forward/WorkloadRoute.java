package io.vireo.bench.forward;

import io.vireo.dataplane.wire.code.AddressFamily;

/**
 * A route of a virtual router to a neighbour on its egress interface.
 *
 * @param router the virtual router
 * @param family of the prefix
 * @param hi upper half of an IPv6 prefix; 0 for IPv4
 * @param lo lower half, or the IPv4 prefix, unsigned
 * @param length of the prefix
 * @param neighbour 0..{@link Topology#NEIGHBOURS}-1
 */
public record WorkloadRoute(int router, AddressFamily family, long hi, long lo, int length, int neighbour) {
    private static final int IPV4_LENGTH = 24;
    private static final int IPV6_LENGTH = 48;
    private static final long IPV6_BLOCK = 0x2001_0000_0000_0000L;

    /** Prefix n: 10.(n / 256).(n % 256).0/24 or 2001:n::/48, where n stands in the two groups after the first. */
    static WorkloadRoute own(int n, int router, AddressFamily family) {
        return family == AddressFamily.IPV4
                ? new WorkloadRoute(router, family, 0, 10L << 24 | (long) n << 8, IPV4_LENGTH, 0)
                : new WorkloadRoute(router, family, IPV6_BLOCK | (long) n << 16, 0, IPV6_LENGTH, 0);
    }
}

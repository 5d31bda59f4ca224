package io.vireo.dataplane.forwarding;

import io.vireo.dataplane.tables.TableLimits;

/**
 * How much there may be of everything; memory is reserved for it at start, and most of it used only as it fills.
 *
 * @param workers forwarding threads.
 * @param maxRouters virtual routers.
 * @param maxInterfaces interfaces.
 * @param maxIpv4Routes IPv4 routes of all routers together.
 * @param maxIpv6Routes IPv6 routes of all routers together.
 * @param maxAdjacencies neighbours and gateways of all routers together.
 * @param maxGroups distinct sets of several next hops.
 */
public record ForwardingLimits(
        int workers,
        int maxRouters,
        int maxInterfaces,
        int maxIpv4Routes,
        int maxIpv6Routes,
        int maxAdjacencies,
        int maxGroups) {
    private static final int MAX_ASSOCIATIONS = 16_384;

    private static final int MAX_LABELS = 1 << 16;
    private static final int LABELS_PER_INTERFACE = 64;

    private static final int CHANGED_EMULATIONS = 64;

    private static final int MAX_MEMBER_LONGS = 1 << 21;
    private static final int MEMBER_LONGS_PER_INTERFACE = 1 << 10;

    /** Indices of encapsulations and tunnel ends: each tunnel is an interface, and index 0 is none. */
    int maxTunnels() {
        return maxInterfaces + 1;
    }

    /** Indices of entries of label tables; those included that workers have yet to forget, and index 0 is none. */
    int maxLabels() {
        return Math.min(MAX_LABELS, LABELS_PER_INTERFACE * maxInterfaces);
    }

    /** Indices of emulations: one of each interface, index 0 is none, and those that workers have yet to forget. */
    int maxEmulations() {
        return maxInterfaces + 1 + CHANGED_EMULATIONS;
    }

    /**
     * Indices of security associations: of each tunnel one outbound, up to four inbound, and those that workers have still to forget;
     * index 0 is none.
     */
    int maxAssociations() {
        return Math.min(MAX_ASSOCIATIONS, 8 * maxInterfaces + 1);
    }

    /** Room for compiled lists of members: 10,000 tuples take an eighth of the most, while they are replaced a fourth. */
    int memberLongs() {
        return Math.min(MAX_MEMBER_LONGS, MEMBER_LONGS_PER_INTERFACE * maxInterfaces);
    }

    TableLimits tableLimits(int routes) {
        return new TableLimits().maxTables(maxRouters).maxRoutes(routes);
    }
}

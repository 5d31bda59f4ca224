package io.vireo.control.view;

import io.vireo.control.model.IpAddress;
import io.vireo.control.model.IpPrefix;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of a table are asked for.
 *
 * @param within   only those whose destination lies in this prefix, itself included; null for any.
 * @param matching only those for this address: of routes the one with the longest prefix around it; null for any.
 * @param limit    how many rows at most, from 1; the first ones in the table's order.
 */
public record TableQuery(
        @Nullable IpPrefix within, @Nullable IpAddress matching, long limit) {
    /** All rows. */
    public static final TableQuery ALL = new TableQuery(null, null, Long.MAX_VALUE);

    /**
     * Rows of a destination as operators write it.
     *
     * @param destination a prefix, for what lies within it, or an address, for what it matches; null for all.
     * @throws IllegalArgumentException saying what is wrong with it.
     */
    public static TableQuery of(@Nullable String destination, long limit) {
        if (destination == null) {
            return new TableQuery(null, null, limit);
        }
        return destination.indexOf('/') < 0
                ? new TableQuery(null, IpAddress.parse(destination), limit)
                : new TableQuery(IpPrefix.parse(destination), null, limit);
    }

    /** Whether a row about this address is asked for. */
    public boolean includes(IpAddress address) {
        return (within == null || within.contains(address)) && (matching == null || matching.equals(address));
    }

    /** Whether a route may be asked for: of several that contain the address, only the longest is. */
    public boolean includes(IpPrefix prefix) {
        return (within == null || (within.prefixLength() <= prefix.prefixLength() && within.contains(prefix.network())))
                && (matching == null || prefix.contains(matching));
    }
}

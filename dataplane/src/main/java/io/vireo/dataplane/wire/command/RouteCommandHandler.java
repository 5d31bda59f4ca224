package io.vireo.dataplane.wire.command;

import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.RouteKind;
import io.vireo.dataplane.wire.value.NextHops;

/** Carries out the commands about routes; see {@link CommandHandlers} for what all have in common. */
public interface RouteCommandHandler {
    /** Inserts or replaces the route of a prefix. */
    void onAddRoute(
            long correlationId,
            int routerId,
            AddressFamily family,
            long prefixHigh,
            long prefixLow,
            int prefixLength,
            RouteKind kind,
            NextHops nextHops);

    /** Removes the route of a prefix. */
    void onRemoveRoute(
            long correlationId, int routerId, AddressFamily family, long prefixHigh, long prefixLow, int prefixLength);

    /** Changes the hash that chooses between equal-cost next hops. */
    void onSetFlowSeed(long correlationId, long seed);
}

package io.vireo.dataplane.wire.command;

import io.vireo.dataplane.wire.code.AddressFamily;

/** Carries out the commands about neighbours; see {@link CommandHandlers} for what all have in common. */
public interface NeighbourCommandHandler {
    /** Binds an address on an interface's link to a MAC address. */
    void onAddNeighbour(
            long correlationId, int interfaceId, AddressFamily family, long addressHigh, long addressLow, long mac);

    /** Forgets a neighbour. */
    void onRemoveNeighbour(
            long correlationId, int interfaceId, AddressFamily family, long addressHigh, long addressLow);
}

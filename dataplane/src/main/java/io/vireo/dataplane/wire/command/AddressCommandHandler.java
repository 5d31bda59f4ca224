package io.vireo.dataplane.wire.command;

import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.AddressUse;

/** Carries out the commands about addresses of interfaces; see {@link CommandHandlers} for what all have in common. */
public interface AddressCommandHandler {
    /** Has the data plane answer for an address of an interface, or changes the address's use. */
    void onAddInterfaceAddress(
            long correlationId,
            int interfaceId,
            AddressFamily family,
            long addressHigh,
            long addressLow,
            AddressUse use);

    /** Leaves it to the kernel to answer for an address. */
    void onRemoveInterfaceAddress(
            long correlationId, int interfaceId, AddressFamily family, long addressHigh, long addressLow);
}

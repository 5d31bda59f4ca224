package io.vireo.dataplane.wire.command;

import io.vireo.dataplane.wire.value.InterfaceSpec;

/** Carries out the commands about interfaces; see {@link CommandHandlers} for what all have in common. */
public interface InterfaceCommandHandler {
    /** Creates an interface, or changes its MAC address and MTU. */
    void onAddInterface(long correlationId, InterfaceSpec spec);

    /** Removes an interface. */
    void onRemoveInterface(long correlationId, int interfaceId);

    /** Opens or closes an interface. */
    void onSetInterfaceState(long correlationId, int interfaceId, boolean up);

    /** Changes MAC address and MTU of an interface. */
    void onSetInterfaceLink(long correlationId, int interfaceId, long mac, int mtu);

    /** Has an interface take frames for another MAC address too. */
    void onAddInterfaceMac(long correlationId, int interfaceId, long mac);

    /** Has an interface take frames for that MAC address no longer. */
    void onRemoveInterfaceMac(long correlationId, int interfaceId, long mac);
}

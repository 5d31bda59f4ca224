package io.vireo.dataplane.wire.command;

import io.vireo.dataplane.wire.value.SecurityAssociationSpec;

/** Carries out the commands about keys of ESP tunnels; see {@link CommandHandlers} for what all have in common. */
public interface KeyCommandHandler {
    /** Gives a tunnel a key for one direction. */
    void onAddSecurityAssociation(long correlationId, SecurityAssociationSpec spec);

    /** Forgets a key. */
    void onRemoveSecurityAssociation(long correlationId, int interfaceId, int spi, boolean isOutbound);
}

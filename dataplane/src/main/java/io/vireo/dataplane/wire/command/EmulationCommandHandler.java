package io.vireo.dataplane.wire.command;

import io.vireo.dataplane.wire.value.EmulationSpec;

/** Carries out the commands about emulated wires; see {@link CommandHandlers} for what all have in common. */
public interface EmulationCommandHandler {
    /** Emulates the wire behind an interface, or does so no longer. */
    void onSetEmulation(long correlationId, int interfaceId, EmulationSpec spec);
}

package io.vireo.dataplane.wire.command;

/** Carries out the commands about virtual routers; see {@link CommandHandlers} for what all have in common. */
public interface RouterCommandHandler {
    /** Creates a virtual router, or changes its punt limit. */
    void onAddRouter(
            long correlationId,
            int routerId,
            long vpnId,
            int puntPacketsPerSecond,
            int puntBurstPackets,
            CharSequence name);

    /** Gives a class of punted packets another budget; {@code puntClass} is a {@link io.vireo.dataplane.wire.code.PuntClass} code. */
    void onSetPuntBudget(
            long correlationId,
            int routerId,
            int puntClass,
            int packetsPerSecond,
            int burstPackets,
            int interfacePacketsPerSecond,
            int interfaceBurstPackets);

    /** Frees a virtual router. */
    void onRemoveRouter(long correlationId, int routerId);
}

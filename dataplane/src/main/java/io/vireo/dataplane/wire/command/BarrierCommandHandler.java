package io.vireo.dataplane.wire.command;

/** Carries out barriers; see {@link CommandHandlers} for what all commands have in common. */
public interface BarrierCommandHandler {
    /** Answers when all commands before it are visible to all workers. */
    void onBarrier(long correlationId);
}

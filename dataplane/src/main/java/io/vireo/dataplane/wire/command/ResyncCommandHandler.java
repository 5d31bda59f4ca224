package io.vireo.dataplane.wire.command;

/** Carries out the commands of a resynchronisation; see {@link CommandHandlers} for what all have in common. */
public interface ResyncCommandHandler {
    /** Marks everything as old. */
    void onResyncBegin(long correlationId, long epoch);

    /** Removes what is still marked old. */
    void onResyncEnd(long correlationId, long epoch);
}

package io.vireo.dataplane.wire.command;

import io.vireo.dataplane.wire.code.CommandResult;

/** Answers the commands of which a field is out of range. */
public interface InvalidCommandHandler {
    /**
     * A command had a field out of range; nothing was carried out and it has been counted.
     *
     * @param correlationId of the command, to be answered by {@link CommandResult#INVALID}
     * @param reason a constant text that begins with the field's name
     */
    void onInvalid(long correlationId, String reason);
}

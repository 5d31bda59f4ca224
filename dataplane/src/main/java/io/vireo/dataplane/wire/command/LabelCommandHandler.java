package io.vireo.dataplane.wire.command;

import io.vireo.dataplane.wire.value.LabelSpec;
import io.vireo.dataplane.wire.value.NextHops;

/** Carries out the commands about labels; see {@link CommandHandlers} for what all have in common. */
public interface LabelCommandHandler {
    /** Says what a router does with a label that comes in. */
    void onAddLabel(long correlationId, LabelSpec spec, NextHops nextHops);

    /** Has a router know a label no more. */
    void onRemoveLabel(long correlationId, int routerId, int label);
}

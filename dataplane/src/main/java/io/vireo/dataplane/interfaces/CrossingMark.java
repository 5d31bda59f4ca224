package io.vireo.dataplane.interfaces;

import io.vireo.dataplane.wire.code.InterfaceKind;

/** Whether what comes in by an interface of kind SUBSTRATE leaves again by its peer, past every router: it has one then. */
public final class CrossingMark {
    private CrossingMark() {}

    /** Of an interface's record, whatever its kind. */
    public static boolean isSet(long record) {
        return InterfaceTable.kind(record) == InterfaceKind.SUBSTRATE && InterfaceTable.peer(record) >= 0;
    }
}

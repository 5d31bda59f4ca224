package io.vireo.dataplane.interfaces;

import io.vireo.dpdk.Memory;

/** Which access interfaces let packets with MPLS labels in: a word of their records in {@link InterfaceTable}. */
public final class InterfaceLabels {
    /** Another value than {@link FrameMark} has in that word of tunnels. */
    private static final int LABELS = 2;

    private InterfaceLabels() {}

    /** Whether packets with MPLS labels may come in by the interface with this record. */
    public static boolean areTaken(long record) {
        return Memory.getInt(record + FrameMark.OFFSET) == LABELS;
    }

    /** Lets them in by an access interface from now on, or not. Conductor only. */
    public static void let(long record, boolean areTaken) {
        Memory.putInt(record + FrameMark.OFFSET, areTaken ? LABELS : 0);
    }
}

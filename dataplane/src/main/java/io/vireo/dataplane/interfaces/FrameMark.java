package io.vireo.dataplane.interfaces;

import io.vireo.dpdk.Memory;

/**
 * Whether a tunnel's interface carries Ethernet frames: then it is sent frames to neighbours, as that of a port is, and not packets to
 * its far end. A word of the interface's record, which never changes while the interface is there.
 */
public final class FrameMark {
    static final int OFFSET = 60; // InterfaceLabels has a value of its own there

    private static final int FRAMES = 1;

    private FrameMark() {}

    /** Whether the interface with this record is a tunnel's that carries frames. */
    public static boolean isSet(long record) {
        return Memory.getInt(record + OFFSET) == FRAMES;
    }

    /** Of a record that no worker can reach. Conductor only. */
    static void set(long record, boolean carriesFrames) {
        Memory.putInt(record + OFFSET, carriesFrames ? FRAMES : 0);
    }
}

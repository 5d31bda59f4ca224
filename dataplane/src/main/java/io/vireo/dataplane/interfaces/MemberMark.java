package io.vireo.dataplane.interfaces;

import org.agrona.UnsafeApi;

/**
 * The bit in an interface's MAC match that is set while it has a list of members: then no frame matches on the fast path, and all that
 * comes in by it is asked which VPN it is of.
 */
public final class MemberMark {
    static final long BIT = 2;

    private MemberMark() {}

    /** Whether a frame with this {@link InterfaceTable#destinationMatch} is for the interface, which is up. */
    public static boolean isFor(long record, long destinationMatch) {
        return (InterfaceTable.macMatch(record) & ~BIT) == destinationMatch;
    }

    /** Whether it has a list of members. */
    public static boolean isSet(long record) {
        return (InterfaceTable.macMatch(record) & BIT) != 0;
    }

    /** Has all that comes in by it asked which VPN it is of, or no longer. Conductor only. */
    public static void set(long record, boolean hasMembers) {
        long match = InterfaceTable.macMatch(record);
        // Release: a worker that reads the bit (isSet) also sees the list published before. The match is the record's
        // first word.
        UnsafeApi.putLongRelease(null, record, hasMembers ? match | BIT : match & ~BIT);
    }
}

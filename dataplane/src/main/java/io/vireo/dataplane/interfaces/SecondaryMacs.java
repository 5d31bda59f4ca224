package io.vireo.dataplane.interfaces;

import io.vireo.dataplane.path.Ethernet;
import io.vireo.dataplane.tables.Region;
import io.vireo.dpdk.Memory;
import org.agrona.UnsafeApi;

/**
 * The MAC addresses of interfaces beyond their own, such as those of virtual routers (RFC 9568 §7.3): what a NIC calls its
 * unicast filter. A row per interface, in native memory that is backed only where it is touched.
 *
 * <pre>
 *   row:   0  how many places have been used   8  place 0   16  place 1   …   a place: a destination match, 0 = free
 *   marks: a byte per place, of the resynchronisation that last added it; the conductor's only
 * </pre>
 *
 * Single writer: the conductor. Readers: workers, of frames that are not for the interface's own MAC. An address has one
 * place while it is there, so that a reader never misses one because another goes.
 */
public final class SecondaryMacs {
    /** Addresses of one interface. */
    public static final int MAX_PER_INTERFACE = 63;

    private static final int ROW_SHIFT = 9;
    private static final int MARKS_SHIFT = 6;
    private static final long FREE = 0;

    private final long rows;
    private final long marks;

    SecondaryMacs(int interfaces) {
        rows = new Region((long) interfaces << ROW_SHIFT).address();
        marks = new Region((long) interfaces << MARKS_SHIFT).address();
    }

    /** Whether a frame's {@link InterfaceTable#destinationMatch} is among an interface's further addresses. */
    public boolean contains(int interfaceId, long destinationMatch) {
        long row = row(interfaceId);
        int used = used(row);
        for (int place = 0; place < used; place++) {
            if (Memory.getLong(address(row, place)) == destinationMatch) {
                return true;
            }
        }
        return false;
    }

    /**
     * Adds an address, or marks the one that is there. Conductor only.
     *
     * @param mac first octet most significant, not zero.
     * @return false when there is no room.
     */
    public boolean add(int interfaceId, long mac, byte mark) {
        int place = find(interfaceId, match(mac));
        if (place < 0) {
            place = find(interfaceId, FREE);
        }
        long row = row(interfaceId);
        if (place < 0) {
            place = used(row);
        }
        if (place == MAX_PER_INTERFACE) {
            return false;
        }
        Memory.putByte(mark(interfaceId, place), mark);
        UnsafeApi.putLongRelease(null, address(row, place), match(mac));
        if (place >= used(row)) {
            UnsafeApi.putLongRelease(null, row, place + 1L); // after the place (used), which is free until then
        }
        return true;
    }

    /** Removes an address; returns whether it was there. Conductor only. */
    public boolean remove(int interfaceId, long mac) {
        int place = find(interfaceId, match(mac));
        if (place < 0) {
            return false;
        }
        free(interfaceId, place);
        return true;
    }

    /** Removes all addresses of an interface. Conductor only. */
    public void clear(int interfaceId) {
        UnsafeApi.putLongRelease(null, row(interfaceId), 0);
    }

    /** Removes the addresses of an interface that carry another mark. Conductor only. */
    public void sweep(int interfaceId, byte mark) {
        long row = row(interfaceId);
        int used = used(row);
        for (int place = 0; place < used; place++) {
            if (Memory.getByte(mark(interfaceId, place)) != mark) {
                free(interfaceId, place);
            }
        }
    }

    private int find(int interfaceId, long match) {
        long row = row(interfaceId);
        int used = used(row);
        for (int place = 0; place < used; place++) {
            if (Memory.getLong(address(row, place)) == match) {
                return place;
            }
        }
        return -1;
    }

    private void free(int interfaceId, int place) {
        UnsafeApi.putLongRelease(null, address(row(interfaceId), place), FREE);
    }

    private static int used(long row) {
        return (int) Memory.getLong(row);
    }

    private long row(int interfaceId) {
        return rows + ((long) interfaceId << ROW_SHIFT);
    }

    private long mark(int interfaceId, int place) {
        return marks + ((long) interfaceId << MARKS_SHIFT) + place;
    }

    private static long address(long row, int place) {
        return row + Long.BYTES * (1L + place);
    }

    /** As {@link InterfaceTable#destinationMatch} has it. */
    private static long match(long mac) {
        return Long.reverseBytes(mac & Ethernet.MAC_MASK);
    }
}

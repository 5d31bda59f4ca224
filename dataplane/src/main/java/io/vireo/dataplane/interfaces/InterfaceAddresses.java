package io.vireo.dataplane.interfaces;

import io.vireo.dataplane.tables.Region;
import io.vireo.dataplane.wire.layout.SharedLayout;
import io.vireo.dpdk.Memory;
import org.agrona.UnsafeApi;

/**
 * The addresses of interfaces for which the data plane answers by itself. A row per interface, in native memory that is backed
 * only where it is touched. An address that has no place here is the kernel's to answer for.
 *
 * <pre>
 *    0  IPv4 places that have been used     4  IPv6 places that have been used
 *    8  place of the IPv4 source, plus 1   12  place of the IPv6 source, plus 1; 0 = none
 *   16  IPv4 places, 4 bytes each; 0 = free
 *  256  IPv6 places, high and low half; high 0 = free
 * </pre>
 *
 * Single writer: the conductor. Readers: workers, of packets on the exception path. An address has one place while it is there,
 * so a reader never misses one because another goes; an IPv6 place is written low half first, and read high half twice, so a
 * reader takes no mixture of two for an address.
 */
public final class InterfaceAddresses {
    /** Addresses of one interface and family. */
    public static final int MAX_PER_FAMILY = SharedLayout.MAX_INTERFACE_ADDRESSES;

    /** No such address. */
    public static final int NONE = -1;

    private static final int ROW_SHIFT = 10;
    private static final int USED4 = 0;
    private static final int USED6 = 4;
    private static final int SOURCE4 = 8;
    private static final int SOURCE6 = 12;
    private static final int PLACES4 = 16;
    private static final int PLACES6 = 256;
    private static final int PLACE6_SHIFT = 4;

    private final long rows;

    InterfaceAddresses(int interfaces) {
        rows = new Region((long) interfaces << ROW_SHIFT).address();
    }

    /** The place of an IPv4 address of an interface, or {@link #NONE}. */
    public int findIpv4(int interfaceId, int address) {
        long row = row(interfaceId);
        int used = Memory.getInt(row + USED4);
        for (int place = 0; place < used; place++) {
            if (Memory.getInt(place4(row, place)) == address) {
                return place;
            }
        }
        return NONE;
    }

    /** The place of an IPv6 address of an interface, or {@link #NONE}. */
    public int findIpv6(int interfaceId, long high, long low) {
        long row = row(interfaceId);
        int used = Memory.getInt(row + USED6);
        for (int place = 0; place < used; place++) {
            if (isAt(place6(row, place), high, low)) {
                return place;
            }
        }
        return NONE;
    }

    private static boolean isAt(long at, long high, long low) {
        // Volatile, so that the low half is read between the two reads of the high one; the partners are in putIpv6.
        return UnsafeApi.getLongVolatile(null, at) == high
                && UnsafeApi.getLongVolatile(null, at + Long.BYTES) == low
                && UnsafeApi.getLongVolatile(null, at) == high;
    }

    /** The source of an interface's ICMP errors, or 0. */
    public int ipv4Source(int interfaceId) {
        long row = row(interfaceId);
        int place = Memory.getInt(row + SOURCE4) - 1;
        return place < 0 ? 0 : Memory.getInt(place4(row, place));
    }

    /** Whether an interface has a source of ICMPv6 errors. */
    public boolean hasIpv6Source(int interfaceId) {
        return Memory.getInt(row(interfaceId) + SOURCE6) != 0;
    }

    /** Writes the source of an interface's ICMPv6 errors as it stands in a packet; false: there is none, or it is changing. */
    public boolean copyIpv6Source(int interfaceId, long to) {
        long row = row(interfaceId);
        int place = Memory.getInt(row + SOURCE6) - 1;
        if (place < 0) {
            return false;
        }
        long at = place6(row, place);
        long high = UnsafeApi.getLongVolatile(null, at);
        long low = UnsafeApi.getLongVolatile(null, at + Long.BYTES);
        Memory.putLongBigEndian(to, high);
        Memory.putLongBigEndian(to + Long.BYTES, low);
        return high != 0 && UnsafeApi.getLongVolatile(null, at) == high;
    }

    /** A place for another IPv4 address, or {@link #NONE}. Conductor only. */
    public int freeIpv4(int interfaceId) {
        int free = findIpv4(interfaceId, 0);
        int place = free == NONE ? Memory.getInt(row(interfaceId) + USED4) : free;
        return place == MAX_PER_FAMILY ? NONE : place;
    }

    /** A place for another IPv6 address, or {@link #NONE}. Conductor only. */
    public int freeIpv6(int interfaceId) {
        long row = row(interfaceId);
        int used = Memory.getInt(row + USED6);
        int place = 0;
        while (place < used && Memory.getLong(place6(row, place)) != 0) {
            place++;
        }
        return place == MAX_PER_FAMILY ? NONE : place;
    }

    /** Fills a free place, or with address 0 frees one. Conductor only. */
    public void putIpv4(int interfaceId, int place, int address) {
        long row = row(interfaceId);
        UnsafeApi.putIntRelease(null, place4(row, place), address);
        if (place >= Memory.getInt(row + USED4)) {
            UnsafeApi.putIntRelease(
                    null, row + USED4, place + 1); // after the place (findIpv4), which is free until then
        }
    }

    /** Fills a free place, or with address 0/0 frees one. Conductor only. */
    public void putIpv6(int interfaceId, int place, long high, long low) {
        long row = row(interfaceId);
        long at = place6(row, place);
        UnsafeApi.putLongVolatile(null, at, 0); // before the low half: see isAt
        UnsafeApi.putLongVolatile(null, at + Long.BYTES, low);
        UnsafeApi.putLongRelease(null, at, high);
        if (place >= Memory.getInt(row + USED6)) {
            UnsafeApi.putIntRelease(null, row + USED6, place + 1); // after the place (findIpv6), as above
        }
    }

    /** The place of the source of a family, or {@link #NONE}. Conductor only. */
    public int source(int interfaceId, boolean isIpv4) {
        return Memory.getInt(row(interfaceId) + sourceOffset(isIpv4)) - 1;
    }

    /** Makes an address that is there the source of its family; {@link #NONE}: there is none. Conductor only. */
    public void setSource(int interfaceId, boolean isIpv4, int place) {
        UnsafeApi.putIntRelease(null, row(interfaceId) + sourceOffset(isIpv4), place + 1);
    }

    private static int sourceOffset(boolean isIpv4) {
        return isIpv4 ? SOURCE4 : SOURCE6;
    }

    /** The address at an IPv4 place, 0 = free. Conductor only. */
    public int ipv4At(int interfaceId, int place) {
        return Memory.getInt(place4(row(interfaceId), place));
    }

    /** The high half of the address at an IPv6 place, 0 = free. Conductor only. */
    public long ipv6HighAt(int interfaceId, int place) {
        return Memory.getLong(place6(row(interfaceId), place));
    }

    /** Removes all addresses of an interface. Conductor only. */
    public void clear(int interfaceId) {
        long row = row(interfaceId);
        UnsafeApi.putLongRelease(null, row + SOURCE4, 0); // both sources
        UnsafeApi.putLongRelease(null, row + USED4, 0); // both families
    }

    private long row(int interfaceId) {
        return rows + ((long) interfaceId << ROW_SHIFT);
    }

    private static long place4(long row, int place) {
        return row + PLACES4 + (long) place * Integer.BYTES;
    }

    private static long place6(long row, int place) {
        return row + PLACES6 + ((long) place << PLACE6_SHIFT);
    }
}

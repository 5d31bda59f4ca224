package io.vireo.dataplane.encapsulation.vns;

import io.vireo.dataplane.interfaces.InterfaceTable;
import io.vireo.dataplane.path.Ipv4;
import io.vireo.dataplane.path.VpnIdOption;
import io.vireo.dpdk.Memory;

/** Marks packets that leave by an interface which is found by its VPN-ID, and lets none out that says another. */
public final class VpnIdMarker {
    /** {@link #missingBytes}: the packet says another VPN-ID, or says it wrongly. */
    public static final int FOREIGN = -1;

    /** {@link #missingBytes}: the packet cannot be marked. */
    public static final int IMPOSSIBLE = -2;

    private static final int MAX_HEADER_BYTES = 60;

    private VpnIdMarker() {}

    /**
     * How many bytes an option takes that a packet needs to leave by an interface.
     *
     * @param header of an IP packet, whose bytes check has found sound, or that was made here.
     * @param record of the interface, which has a {@linkplain InterfaceTable#marking marking}.
     * @return 0: it may leave as it is; {@link #FOREIGN}; {@link #IMPOSSIBLE}.
     */
    public static int missingBytes(long header, long record) {
        int marking = InterfaceTable.marking(record);
        boolean isMarked = marking > InterfaceTable.UNMARKED;
        if (!Ipv4.isVersion4(header)) {
            return isMarked ? IMPOSSIBLE : 0;
        }
        int headerBytes = Ipv4.headerBytes(header);
        int found = VpnIdOption.find(header, headerBytes);
        if (VpnIdOption.isThere(found)) {
            boolean isOwn = marking != InterfaceTable.GUARDED
                    && VpnIdOption.vpnId(VpnIdOption.at(header, found)) == InterfaceTable.vpnId(record);
            return isOwn ? 0 : FOREIGN;
        }
        if (found == VpnIdOption.MALFORMED) {
            return FOREIGN;
        }
        int missing = isMarked ? VpnIdOption.roomBytes(marking) : 0;
        return headerBytes + missing <= MAX_HEADER_BYTES ? missing : IMPOSSIBLE;
    }

    /** What packets may be longer by than the interface's MTU: the option. */
    public static int allowance(long record) {
        int marking = InterfaceTable.marking(record);
        return marking > InterfaceTable.UNMARKED ? VpnIdOption.roomBytes(marking) : 0;
    }

    /**
     * Puts the option before all others, and moves what is before it towards the buffer's beginning.
     *
     * @param header of an IPv4 packet that misses so many bytes.
     * @param before bytes before the header that are moved along, an even number.
     * @return the address of the header, which begins {@code missingBytes} earlier.
     */
    public static long insert(long header, int missingBytes, int before, long record) {
        long from = header - before;
        int moved = before + Ipv4.MIN_HEADER_BYTES;
        for (int offset = 0; offset < moved; offset += Short.BYTES) { // forwards: the places overlap
            Memory.putShort(from - missingBytes + offset, Memory.getShort(from + offset));
        }
        long marked = header - missingBytes;
        Memory.putByte(marked, (byte) (Memory.getByte(marked) + missingBytes / Integer.BYTES));
        Memory.putShortBigEndian(marked + Ipv4.TOTAL_LENGTH, Ipv4.totalLength(marked) + missingBytes);
        VnsHeader.writeOption(marked, InterfaceTable.marking(record), InterfaceTable.vpnId(record));
        Ipv4.setChecksum(marked, Ipv4.headerBytes(marked));
        return marked;
    }
}

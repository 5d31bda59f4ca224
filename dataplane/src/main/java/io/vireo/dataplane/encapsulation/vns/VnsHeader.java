package io.vireo.dataplane.encapsulation.vns;

import io.vireo.dataplane.path.Checksum;
import io.vireo.dataplane.path.Ipv4;
import io.vireo.dataplane.path.VpnIdOption;
import io.vireo.dataplane.wire.code.VnsOption;
import io.vireo.dpdk.Memory;

/** The options of an outer IPv4 header: one, with the VPN-ID. */
public final class VnsHeader {
    private static final int VERSION_4 = 0x40;
    private static final int OPTION = Ipv4.MIN_HEADER_BYTES;

    private VnsHeader() {}

    /** Adds to an IPv4 header without options what all packets of a tunnel share. Conductor only. */
    public static void write(long header, int option, int vpnId) {
        Memory.putByte(header, (byte) (VERSION_4 | (OPTION + VpnIdOption.roomBytes(option)) / Integer.BYTES));
        writeOption(header, option, vpnId);
    }

    /** Writes an option in the place of the first. */
    static void writeOption(long header, int option, int vpnId) {
        // Zeros are padding, too: the end of the list.
        Memory.putInt(header + OPTION + VpnIdOption.roomBytes(option) - Integer.BYTES, 0);
        if (option == VnsOption.STREAM_ID) {
            putType(header, VpnIdOption.STREAM_ID, VpnIdOption.STREAM_ID_BYTES);
            Memory.putShortBigEndian(header + OPTION + VpnIdOption.VPN_ID, vpnId);
        } else {
            boolean hasFlow = option == VnsOption.EXPERIMENTAL_WITH_FLOW;
            int bytes = hasFlow ? VpnIdOption.EXPERIMENTAL_BYTES_WITH_FLOW : VpnIdOption.EXPERIMENTAL_BYTES;
            putType(header, VpnIdOption.EXPERIMENTAL, bytes);
            Memory.putIntBigEndian(header + OPTION + VpnIdOption.VPN_ID, vpnId);
        }
    }

    private static void putType(long header, int type, int bytes) {
        Memory.putByte(header + OPTION, (byte) type);
        Memory.putByte(header + OPTION + 1, (byte) bytes);
    }

    /** Whether packets have a flow identifier. */
    public static boolean hasFlow(long header) {
        return Memory.getUnsignedByte(header + OPTION + 1) == VpnIdOption.EXPERIMENTAL_BYTES_WITH_FLOW;
    }

    /** Completes a header whose first 20 bytes are complete: the flow identifier, if there is one, the upper 16 bits of a hash. */
    public static void fixUp(long header, int flowHash) {
        if (hasFlow(header)) {
            Memory.putShortBigEndian(header + OPTION + VpnIdOption.FLOW, flowHash >>> Short.SIZE);
        }
        addOptionsToChecksum(header);
    }

    /** Completes the checksum of a header, which is right of what stands before the options. */
    public static void addOptionsToChecksum(long header) {
        long sum = ~Memory.getUnsignedShort(header + Ipv4.CHECKSUM) & 0xffff;
        int optionBytes = Ipv4.headerBytes(header) - OPTION;
        Memory.putShort(
                header + Ipv4.CHECKSUM, (short) ~Checksum.fold(Checksum.add(sum, header + OPTION, optionBytes)));
    }
}

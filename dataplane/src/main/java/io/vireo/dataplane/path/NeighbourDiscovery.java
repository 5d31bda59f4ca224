package io.vireo.dataplane.path;

import io.vireo.dpdk.Memory;

/** Offsets and values of neighbour solicitations and advertisements (RFC 4861 §4.3, §4.4), and the IPv6 header before them. */
public final class NeighbourDiscovery {
    /** Nobody beyond the link can have sent it (§7.1.1, §7.1.2). */
    public static final int HOP_LIMIT = 255;

    public static final int TARGET = 8;
    public static final int OPTIONS = 24;

    /** In which lengths of options count; an option with a MAC address has one (§4.6.1). */
    public static final int OPTION_UNIT = 8;

    /** Of a message with the option of a MAC address. */
    public static final int MESSAGE_BYTES = OPTIONS + OPTION_UNIT;

    /** Type of the option with the MAC address of who asks. */
    public static final int SOURCE_LINK_ADDRESS = 1;

    /** Type of the option with the MAC address of who is asked for. */
    public static final int TARGET_LINK_ADDRESS = 2;

    /** The solicited-node group of an address, ff02::1:ff00:0/104 (RFC 4291 §2.7.1). */
    public static final long SOLICITED_NODE_HIGH = 0xff02_0000_0000_0000L;

    private static final long SOLICITED_NODE_LOW = 0x1_ff00_0000L;
    private static final long LOW_24 = 0xff_ffffL;

    /** 33:33:ff:00:00:00 (RFC 2464 §7). */
    private static final long SOLICITED_NODE_MAC = 0x3333_ff00_0000L;

    private static final int LENGTH = 1 << Byte.SIZE;

    private NeighbourDiscovery() {}

    /** The low half of the solicited-node group of an address. */
    public static long solicitedNodeLow(long addressLow) {
        return SOLICITED_NODE_LOW | (addressLow & LOW_24);
    }

    /** The MAC address of that group, as a little-endian load has it. */
    public static long solicitedNodeMac(long addressLow) {
        return Long.reverseBytes(SOLICITED_NODE_MAC | (addressLow & LOW_24)) >>> Short.SIZE;
    }

    /** Whether the first option of a message, which has room for it, is of that type, and a MAC address. */
    public static boolean isFirstOption(long message, int type) {
        return Memory.getUnsignedShort(message + OPTIONS) == (type | LENGTH);
    }

    /** Writes the option with a MAC address, which is as a little-endian load has it. */
    public static void putOption(long message, int type, long mac) {
        Memory.putLong(message + OPTIONS, type | LENGTH | mac << Short.SIZE);
    }

    /** The MAC address in an option at an address, as a little-endian load has it. */
    public static long mac(long option) {
        return Memory.getLong(option) >>> Short.SIZE;
    }

    /** Writes the IPv6 header of a message, but for its addresses. */
    public static void writeHeader(long header, int trafficClass) {
        Icmp.writeHeaderV6(header, trafficClass, MESSAGE_BYTES, HOP_LIMIT);
    }
}

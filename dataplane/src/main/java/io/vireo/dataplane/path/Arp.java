package io.vireo.dataplane.path;

import io.vireo.dpdk.Memory;

/** Offsets and values of an ARP packet of Ethernet and IPv4 (RFC 826). */
public final class Arp {
    public static final int BYTES = 28;

    public static final int SENDER_MAC = 8;
    public static final int SENDER_ADDRESS = 14;
    public static final int TARGET_MAC = 18;
    public static final int TARGET_ADDRESS = 24;

    /** The first eight bytes, as a big-endian load has them: Ethernet, IPv4, their lengths, "request". */
    public static final long REQUEST = 0x0001_0800_0604_0001L;

    /** As {@link #REQUEST}, of a reply. */
    public static final long REPLY = 0x0001_0800_0604_0002L;

    private Arp() {}

    /** MAC address of who sends it, as a little-endian load has it. */
    public static long senderMac(long packet) {
        return Memory.getLong(packet + SENDER_MAC) & Ethernet.MAC_MASK;
    }
}

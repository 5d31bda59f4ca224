package io.vireo.dataplane.encapsulation.keepalive;

import io.vireo.dataplane.interfaces.InterfaceAddresses;
import io.vireo.dataplane.path.Burst;
import io.vireo.dataplane.path.Ethernet;
import io.vireo.dataplane.path.Icmp;
import io.vireo.dataplane.path.Ipv6;
import io.vireo.dpdk.Memory;

/**
 * By which MAC address the target is reached through a tunnel that carries frames: an ARP request (RFC 826) or a neighbour solicitation
 * (RFC 4861 §4.3) to all stations, and their answers. The kernel does not ask while the tunnel is down.
 */
final class StationQuestion {
    /** Nobody has said it. */
    static final long UNKNOWN = 0;

    private static final int ARP_BYTES = 28;
    private static final int SENDER_MAC = 8;
    private static final int SENDER_ADDRESS = 14;
    private static final int TARGET_MAC = 18;
    private static final int TARGET_ADDRESS = 24;

    /** Ethernet, IPv4, their lengths, "request" and "reply". */
    private static final long REQUEST = 0x0001_0800_0604_0001L;

    private static final long REPLY = 0x0001_0800_0604_0002L;

    private static final int TARGET = 8;
    private static final int OPTION = 24;
    private static final int OPTION_BYTES = 8;
    private static final int SOURCE_LINK_ADDRESS = 0x101; // with its length, as a little-endian load has it
    private static final int TARGET_LINK_ADDRESS = 0x102;
    private static final int MESSAGE_BYTES = OPTION + OPTION_BYTES;
    private static final int HOP_LIMIT = 255; // nobody beyond the link can have sent it

    /** Network control, as the echo requests. */
    private static final int FIRST_WORD = 6 << 28 | 0xc0 << 20;

    /** ff02::1:ff00:0/104 (RFC 4291 §2.7.1). */
    private static final long SOLICITED_NODE_HIGH = 0xff02_0000_0000_0000L;

    private static final long SOLICITED_NODE_LOW = 0x1_ff00_0000L;
    private static final int LOW_24 = 0xff_ffff;

    /** 33:33:ff:00:00:00 (RFC 2464 §7). */
    private static final long SOLICITED_NODE_MAC = 0x3333_ff00_0000L;

    private StationQuestion() {}

    /** The MAC address to ask at. */
    static long destination(long record) {
        return KeepaliveTable.isIpv6(record)
                ? Long.reverseBytes(SOLICITED_NODE_MAC | (KeepaliveTable.targetLow(record) & LOW_24)) >>> Short.SIZE
                : Ethernet.MAC_MASK;
    }

    /** Writes an ARP request; returns its length, or 0: the interface has no address. */
    static int writeArp(long packet, InterfaceAddresses addresses, long record, long ownMac) {
        int source = addresses.ipv4Source(KeepaliveTable.interfaceId(record));
        Memory.putLongBigEndian(packet, REQUEST);
        Memory.putLong(packet + SENDER_MAC, ownMac);
        Memory.putIntBigEndian(packet + SENDER_ADDRESS, source);
        Memory.putLong(packet + TARGET_MAC, 0);
        Memory.putIntBigEndian(packet + TARGET_ADDRESS, (int) KeepaliveTable.targetLow(record));
        return source == 0 ? 0 : ARP_BYTES;
    }

    /** Writes a solicitation; returns its length, or 0: the interface has no address. */
    static int writeSolicitation(long packet, InterfaceAddresses addresses, long record, long ownMac) {
        if (!addresses.copyIpv6Source(KeepaliveTable.interfaceId(record), packet + Ipv6.SOURCE)) {
            return 0;
        }
        long low = KeepaliveTable.targetLow(record);
        Memory.putIntBigEndian(packet, FIRST_WORD);
        Memory.putShortBigEndian(packet + Ipv6.PAYLOAD_LENGTH, MESSAGE_BYTES);
        Memory.putByte(packet + Ipv6.NEXT_HEADER, (byte) Icmp.PROTOCOL_V6);
        Memory.putByte(packet + Ipv6.HOP_LIMIT, (byte) HOP_LIMIT);
        Memory.putLongBigEndian(packet + Ipv6.DESTINATION, SOLICITED_NODE_HIGH);
        Memory.putLongBigEndian(packet + Ipv6.DESTINATION + Long.BYTES, SOLICITED_NODE_LOW | (low & LOW_24));
        long message = packet + Ipv6.HEADER_BYTES;
        Memory.putLongBigEndian(message, (long) Icmp.NEIGHBOUR_SOLICITATION << 56);
        Memory.putLongBigEndian(message + TARGET, KeepaliveTable.targetHigh(record));
        Memory.putLongBigEndian(message + TARGET + Long.BYTES, low);
        Memory.putLong(message + OPTION, SOURCE_LINK_ADDRESS | ownMac << Short.SIZE);
        Icmp.setChecksumV6(packet, message, MESSAGE_BYTES);
        return Ipv6.HEADER_BYTES + MESSAGE_BYTES;
    }

    /** The MAC address that an ARP reply of the target says, or {@link #UNKNOWN}. */
    static long ofArp(Burst burst, int i, long record) {
        long reply = burst.network[i];
        boolean isAnswer = burst.networkLength[i] >= ARP_BYTES
                && Memory.getLongBigEndian(reply) == REPLY
                && !KeepaliveTable.isIpv6(record)
                && Memory.getIntBigEndian(reply + SENDER_ADDRESS) == (int) KeepaliveTable.targetLow(record);
        return isAnswer ? ofStation(Memory.getLong(reply + SENDER_MAC) & Ethernet.MAC_MASK) : UNKNOWN;
    }

    /** The MAC address that an advertisement of the target says in its first option, or {@link #UNKNOWN}. */
    static long ofAdvertisement(Burst burst, int i, long record) {
        long header = burst.network[i];
        long message = header + Ipv6.HEADER_BYTES;
        int bytes = burst.networkLength[i] - Ipv6.HEADER_BYTES;
        boolean isAnswer = bytes >= MESSAGE_BYTES
                && KeepaliveTable.isIpv6(record)
                && Memory.getUnsignedByte(header + Ipv6.NEXT_HEADER) == Icmp.PROTOCOL_V6
                && Memory.getUnsignedByte(header + Ipv6.HOP_LIMIT) == HOP_LIMIT
                && Icmp.type(message) == Icmp.NEIGHBOUR_ADVERTISEMENT
                && Icmp.code(message) == 0
                && Memory.getLongBigEndian(message + TARGET) == KeepaliveTable.targetHigh(record)
                && Memory.getLongBigEndian(message + TARGET + Long.BYTES) == KeepaliveTable.targetLow(record)
                && Memory.getUnsignedShort(message + OPTION) == TARGET_LINK_ADDRESS
                && Icmp.isChecksumRightV6(header, message, bytes);
        return isAnswer ? ofStation(Memory.getLong(message + OPTION) >>> Short.SIZE) : UNKNOWN;
    }

    private static long ofStation(long mac) {
        return (mac & Ethernet.GROUP_BIT) == 0 ? mac : UNKNOWN;
    }
}

package io.vireo.dataplane.path.answer;

import io.vireo.dataplane.interfaces.InterfaceAddresses;
import io.vireo.dataplane.path.Icmp;
import io.vireo.dataplane.path.Ipv4;
import io.vireo.dataplane.path.Ipv6;
import io.vireo.dpdk.Memory;

/** The IP headers of ICMP errors, and the checksums of the messages behind them (RFC 1812 §4.3.2, RFC 4443 §2.3). */
final class IcmpHeaders {
    /** Back through as many routers as a packet passes before it expires; the kernel's 64 would end half way (RFC 1812 §4.2.2.9). */
    private static final int HOP_LIMIT = 255;

    private static final int FIRST_WORD = 0x4500_0000;

    /** Precedence "internetwork control" (RFC 1812 §4.3.2.5), and the type of service of the packet. */
    private static final int PRECEDENCE = 0xc0;

    private static final int TOS_SHIFT = 16;
    private static final int TOS_MASK = 0x1e;

    private IcmpHeaders() {}

    /** Type, code and, where it is, the MTU, which both versions have in the last bytes. */
    static void writeMessage(long message, int typeAndCode, int mtuBytes) {
        Memory.putIntBigEndian(message, typeAndCode << Short.SIZE);
        Memory.putIntBigEndian(message + Integer.BYTES, mtuBytes);
    }

    /**
     * Writes the header before a complete message, and the message's checksum.
     *
     * @param bytes of the whole packet.
     * @param about the packet that is answered.
     */
    static void writeIpv4(long packet, int bytes, long about, int source, int identification) {
        int tos = (Memory.getUnsignedByte(about + Ipv4.TOS) & TOS_MASK) | PRECEDENCE;
        Memory.putIntBigEndian(packet, FIRST_WORD | tos << TOS_SHIFT | bytes);
        Memory.putShortBigEndian(packet + Ipv4.IDENTIFICATION, identification & 0xffff);
        Memory.putShort(packet + Ipv4.FRAGMENT, (short) 0);
        Memory.putByte(packet + Ipv4.TTL, (byte) HOP_LIMIT);
        Memory.putByte(packet + Ipv4.PROTOCOL, (byte) Icmp.PROTOCOL);
        Memory.putIntBigEndian(packet + Ipv4.SOURCE, source);
        Memory.putInt(packet + Ipv4.DESTINATION, Memory.getInt(about + Ipv4.SOURCE));
        Ipv4.setChecksum(packet);
        Icmp.setChecksum(packet + Ipv4.MIN_HEADER_BYTES, bytes - Ipv4.MIN_HEADER_BYTES);
    }

    /**
     * As {@link #writeIpv4}; false: the interface has no source any more.
     *
     * @param messageBytes of what is behind the header.
     * @param interfaceId whose source of errors it is from.
     */
    static boolean writeIpv6(long packet, int messageBytes, long about, InterfaceAddresses addresses, int interfaceId) {
        if (!addresses.copyIpv6Source(interfaceId, packet + Ipv6.SOURCE)) {
            return false;
        }
        Icmp.writeHeaderV6(packet, 0, messageBytes, HOP_LIMIT);
        Memory.copy(about + Ipv6.SOURCE, packet + Ipv6.DESTINATION, 2 * Long.BYTES);
        Icmp.setChecksumV6(packet, packet + Ipv6.HEADER_BYTES, messageBytes);
        return true;
    }
}

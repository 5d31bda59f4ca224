package io.vireo.dataplane.encapsulation.keepalive;

import io.vireo.dataplane.interfaces.InterfaceAddresses;
import io.vireo.dataplane.path.Icmp;
import io.vireo.dataplane.path.Ipv4;
import io.vireo.dataplane.path.Ipv6;
import io.vireo.dpdk.Memory;

/**
 * The packet that a keepalive is, and what of it is in the reply.
 *
 * <pre>
 *   IP header, without options │ type, code, checksum, identifier, number (low 16 bits) │ index (4) │ number (4) │ token (8)
 * </pre>
 *
 * The identifier is the index, for people who look at a capture.
 */
final class EchoRequest {
    /** ICMP header and payload. */
    static final int MESSAGE_BYTES = Icmp.HEADER_BYTES + 16;

    private static final int IDENTIFIER = 4;
    private static final int SEQUENCE = 6;
    private static final int INDEX = Icmp.HEADER_BYTES;
    private static final int NUMBER = INDEX + Integer.BYTES;
    private static final int TOKEN = NUMBER + Integer.BYTES;

    private static final int HOP_LIMIT = 255;

    /** Network control: CS6 (RFC 4594 §3.1). */
    static final int TRAFFIC_CLASS = 0xc0;

    private static final int FIRST_WORD_V4 = 0x45 << 24 | TRAFFIC_CLASS << 16;

    private EchoRequest() {}

    /** Writes an IPv4 request; returns its length, or 0: the interface has no address. */
    static int writeIpv4(long packet, InterfaceAddresses addresses, long record, int index, int number) {
        int source = addresses.ipv4Source(KeepaliveTable.interfaceId(record));
        int bytes = Ipv4.MIN_HEADER_BYTES + MESSAGE_BYTES;
        Memory.putIntBigEndian(packet, FIRST_WORD_V4 | bytes);
        Memory.putShortBigEndian(packet + Ipv4.IDENTIFICATION, number & 0xffff);
        Memory.putShortBigEndian(packet + Ipv4.FRAGMENT, Ipv4.DONT_FRAGMENT);
        Memory.putByte(packet + Ipv4.TTL, (byte) HOP_LIMIT);
        Memory.putByte(packet + Ipv4.PROTOCOL, (byte) Icmp.PROTOCOL);
        Memory.putIntBigEndian(packet + Ipv4.SOURCE, source);
        Memory.putIntBigEndian(packet + Ipv4.DESTINATION, (int) KeepaliveTable.targetLow(record));
        Ipv4.setChecksum(packet);
        long message = packet + Ipv4.MIN_HEADER_BYTES;
        writeMessage(message, Icmp.ECHO, record, index, number);
        Icmp.setChecksum(message, MESSAGE_BYTES);
        return source == 0 ? 0 : bytes;
    }

    /** Writes an IPv6 request; returns its length, or 0: the interface has no address. */
    static int writeIpv6(long packet, InterfaceAddresses addresses, long record, int index, int number) {
        if (!addresses.copyIpv6Source(KeepaliveTable.interfaceId(record), packet + Ipv6.SOURCE)) {
            return 0;
        }
        Icmp.writeHeaderV6(packet, TRAFFIC_CLASS, MESSAGE_BYTES, HOP_LIMIT);
        Memory.putLongBigEndian(packet + Ipv6.DESTINATION, KeepaliveTable.targetHigh(record));
        Memory.putLongBigEndian(packet + Ipv6.DESTINATION + Long.BYTES, KeepaliveTable.targetLow(record));
        long message = packet + Ipv6.HEADER_BYTES;
        writeMessage(message, Icmp.ECHO_V6, record, index, number);
        Icmp.setChecksumV6(packet, message, MESSAGE_BYTES);
        return Ipv6.HEADER_BYTES + MESSAGE_BYTES;
    }

    private static void writeMessage(long message, int type, long record, int index, int number) {
        Memory.putByte(message, (byte) type);
        Memory.putByte(message + Icmp.CODE, (byte) 0);
        Memory.putShortBigEndian(message + IDENTIFIER, index & 0xffff);
        Memory.putShortBigEndian(message + SEQUENCE, number & 0xffff);
        Memory.putIntBigEndian(message + INDEX, index);
        Memory.putIntBigEndian(message + NUMBER, number);
        Memory.putLongBigEndian(message + TOKEN, KeepaliveTable.token(record));
    }

    static int index(long message) {
        return Memory.getIntBigEndian(message + INDEX);
    }

    static int number(long message) {
        return Memory.getIntBigEndian(message + NUMBER);
    }

    static long token(long message) {
        return Memory.getLongBigEndian(message + TOKEN);
    }
}

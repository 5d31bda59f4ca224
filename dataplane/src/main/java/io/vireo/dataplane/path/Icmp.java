package io.vireo.dataplane.path;

import io.vireo.dpdk.Memory;

/** Offsets, types and checksums of ICMP (RFC 792) and ICMPv6 (RFC 4443) messages. */
public final class Icmp {
    public static final int PROTOCOL = 1;
    public static final int PROTOCOL_V6 = 58;

    public static final int CODE = 1;
    public static final int CHECKSUM = 2;

    /** What all messages here have at least. */
    public static final int HEADER_BYTES = 8;

    public static final int ECHO_REPLY = 0;
    public static final int ECHO = 8;
    public static final int ECHO_V6 = 128;
    public static final int ECHO_REPLY_V6 = 129;
    public static final int UNREACHABLE = 3;
    public static final int TIME_EXCEEDED = 11;
    public static final int UNREACHABLE_V6 = 1;
    public static final int TOO_BIG_V6 = 2;
    public static final int TIME_EXCEEDED_V6 = 3;
    public static final int NEIGHBOUR_SOLICITATION = 135;
    public static final int NEIGHBOUR_ADVERTISEMENT = 136;

    private static final int TIMESTAMP = 13;
    private static final int ADDRESS_MASK_REPLY = 18;
    private static final int REDIRECT_V6 = 137;

    private static final int RIGHT = 0xffff;
    private static final int VERSION_6 = 0x6000_0000;
    private static final int TRAFFIC_CLASS_SHIFT = 20;

    private Icmp() {}

    public static int type(long message) {
        return Memory.getUnsignedByte(message);
    }

    public static int code(long message) {
        return Memory.getUnsignedByte(message + CODE);
    }

    /** Whether an ICMP message is a query or the answer to one: about those there may be errors (RFC 1812 §4.3.2.7). */
    public static boolean isQuery(int type) {
        return type == ECHO_REPLY || type == ECHO || (type >= TIMESTAMP && type <= ADDRESS_MASK_REPLY);
    }

    /** Whether there may be errors about an ICMPv6 message (RFC 4443 §2.4 e.1, e.2). */
    public static boolean isQueryV6(int type) {
        return type >= ECHO_V6 && type != REDIRECT_V6;
    }

    public static boolean isChecksumRight(long message, int bytes) {
        return Checksum.fold(Checksum.add(0, message, bytes)) == RIGHT;
    }

    public static boolean isChecksumRightV6(long header, long message, int bytes) {
        return Checksum.fold(sumV6(header, message, bytes)) == RIGHT;
    }

    /** Writes the checksum of an ICMP message, whatever stood there. */
    public static void setChecksum(long message, int bytes) {
        Memory.putShort(message + CHECKSUM, (short) 0);
        Memory.putShort(message + CHECKSUM, (short) ~Checksum.fold(Checksum.add(0, message, bytes)));
    }

    /** Writes the checksum of an ICMPv6 message, whatever stood there. */
    public static void setChecksumV6(long header, long message, int bytes) {
        Memory.putShort(message + CHECKSUM, (short) 0);
        Memory.putShort(message + CHECKSUM, (short) ~Checksum.fold(sumV6(header, message, bytes)));
    }

    /**
     * Writes the IPv6 header of an ICMPv6 message, but for its addresses.
     *
     * @param messageBytes of what is behind the header.
     */
    public static void writeHeaderV6(long header, int trafficClass, int messageBytes, int hopLimit) {
        Memory.putIntBigEndian(header, VERSION_6 | trafficClass << TRAFFIC_CLASS_SHIFT);
        Memory.putShortBigEndian(header + Ipv6.PAYLOAD_LENGTH, messageBytes);
        Memory.putByte(header + Ipv6.NEXT_HEADER, (byte) PROTOCOL_V6);
        Memory.putByte(header + Ipv6.HOP_LIMIT, (byte) hopLimit);
    }

    private static long sumV6(long header, long message, int bytes) {
        return Checksum.add(Checksum.ofPseudoHeader(header, bytes, PROTOCOL_V6), message, bytes);
    }
}

package io.vireo.dataplane.encapsulation.outer;

import io.vireo.dataplane.path.Checksum;
import io.vireo.dataplane.path.Ipv4;
import io.vireo.dataplane.path.Ipv6;
import io.vireo.dpdk.Memory;

/**
 * The delivery header, which each kind of tunnel over IP has: what is the same for all packets of a tunnel is written once, the
 * rest per packet. Between it and the packet inside there may be a header of the kind's own.
 */
public final class OuterHeader {
    private static final int VERSION_4 = 0x45; // and five words of header
    private static final int VERSION_6 = 0x60;
    private static final int FLOW_LABEL_SHIFT = Integer.SIZE - 20;

    /** Next header of destination options (RFC 8200 §4.6). */
    private static final int DESTINATION_OPTIONS = 60;

    /** Length of destination options with the tunnel encapsulation limit alone (RFC 2473 §4.1.1). */
    public static final int LIMIT_BYTES = 8;

    /** What these bytes are but for the first, the next header, and the fifth, the limit: length, option, three bytes of padding. */
    private static final long LIMIT_MASK = 0x00ff_ffff_00ff_ffffL;

    private static final long LIMIT_WITH_PADN = 0x0000_0401_0001_0100L;
    private static final long LIMIT_WITH_PAD1 = 0x0000_0401_0000_0000L;

    /** Of the first eight bytes of an IPv4 header, as a little-endian load has them. */
    private static final long TOS_AND_DONT_FRAGMENT = 0x0040_0000_0000_ff00L;

    private static final long SHORT = 0xffff;
    private static final long LOW_32 = 0xffff_ffffL;

    private OuterHeader() {}

    /** Writes the fields of an IPv4 header that all packets share. Conductor only. */
    public static void writeIpv4(long header, int local, int remote, int ttl) {
        Memory.fill(header, Ipv4.MIN_HEADER_BYTES, (byte) 0);
        Memory.putByte(header, (byte) VERSION_4);
        Memory.putByte(header + Ipv4.TTL, (byte) ttl);
        Memory.putIntBigEndian(header + Ipv4.SOURCE, local);
        Memory.putIntBigEndian(header + Ipv4.DESTINATION, remote);
    }

    /** Writes the fields of an IPv6 header that all packets share. Conductor only. */
    public static void writeIpv6(
            long header, long localHigh, long localLow, long remoteHigh, long remoteLow, int hopLimit) {
        Memory.fill(header, Ipv6.HEADER_BYTES, (byte) 0);
        Memory.putByte(header, (byte) VERSION_6);
        Memory.putByte(header + Ipv6.HOP_LIMIT, (byte) hopLimit);
        Memory.putLongBigEndian(header + Ipv6.SOURCE, localHigh);
        Memory.putLongBigEndian(header + Ipv6.SOURCE + Long.BYTES, localLow);
        Memory.putLongBigEndian(header + Ipv6.DESTINATION, remoteHigh);
        Memory.putLongBigEndian(header + Ipv6.DESTINATION + Long.BYTES, remoteLow);
    }

    /** Changes the TTL of an IPv4 header for the packets to come. Conductor only. */
    public static void setTtl(long header, int ttl) {
        Memory.putByte(header + Ipv4.TTL, (byte) ttl);
    }

    /** Changes the hop limit of an IPv6 header for the packets to come. Conductor only. */
    public static void setHopLimit(long header, int hopLimit) {
        Memory.putByte(header + Ipv6.HOP_LIMIT, (byte) hopLimit);
    }

    /**
     * Writes the 20 bytes of an IPv4 header, complete but for options, which the checksum is not over. Its words and their sum are made in
     * registers and stored once: to read back what was stored in smaller pieces costs more than all the rest.
     *
     * @param template what {@link #writeIpv4} wrote.
     * @param bytes of the header and all that follows it.
     * @param inner address of an IP header that has what is taken of the packet inside: TOS or traffic class, "don't fragment".
     * @param protocol of what follows the header.
     * @param identification its low 16 bits: distinct among packets that may be fragmented (RFC 6864 §4).
     */
    public static void copyIpv4(long template, long header, int bytes, long inner, int protocol, int identification) {
        long innerFields = Ipv4.isVersion4(inner)
                ? Memory.getLong(inner) & TOS_AND_DONT_FRAGMENT
                : (long) Ipv6.trafficClass(inner) << Byte.SIZE;
        long first = Memory.getLong(template)
                | innerFields
                | (Short.reverseBytes((short) bytes) & SHORT) << Short.SIZE
                | (Short.reverseBytes((short) identification) & SHORT) << Integer.SIZE;
        long second = Memory.getLong(template + Ipv4.TTL) | (long) protocol << Byte.SIZE;
        int destination = Memory.getInt(template + Ipv4.DESTINATION);
        long sum = (first & LOW_32)
                + (first >>> Integer.SIZE)
                + (second & LOW_32)
                + (second >>> Integer.SIZE)
                + (destination & LOW_32);
        Memory.putLong(header, first);
        Memory.putLong(header + Ipv4.TTL, second | (~Checksum.fold(sum) & SHORT) << Short.SIZE);
        Memory.putInt(header + Ipv4.DESTINATION, destination);
    }

    /**
     * Whether an IPv6 header is followed by the tunnel encapsulation limit, and by no other option, as Linux sends it. It concerns
     * those who would encapsulate the packet once more, so at the tunnel's end it is passed over (RFC 2473 §4.1.1).
     */
    public static boolean hasEncapsulationLimit(long header, int packetBytes) {
        if (Memory.getUnsignedByte(header + Ipv6.NEXT_HEADER) != DESTINATION_OPTIONS
                || packetBytes < Ipv6.HEADER_BYTES + LIMIT_BYTES) {
            return false;
        }
        long options = Memory.getLongBigEndian(header + Ipv6.HEADER_BYTES) & LIMIT_MASK;
        return options == LIMIT_WITH_PADN || options == LIMIT_WITH_PAD1;
    }

    /**
     * Completes an IPv6 header: traffic class, flow label, payload length, next header.
     *
     * @param inner address of the packet inside, at or behind the header's end.
     * @param nextHeader of what follows the header.
     * @param flowHash of the packet inside: routers on the way share the tunnel's flows among their ways by the label, which is
     *     never 0, for that would say that there is none (RFC 6438 §3).
     */
    public static void fixUpIpv6(long header, long inner, int innerBytes, int nextHeader, int flowHash) {
        completeIpv6(header, (int) (inner - header) + innerBytes, inner, nextHeader, flowHash);
    }

    /** As {@link #fixUpIpv6}, of a packet that is described elsewhere; parameters as of {@link #copyIpv4}. */
    public static void completeIpv6(long header, int bytes, long inner, int nextHeader, int flowHash) {
        boolean isIpv4 = Ipv4.isVersion4(inner);
        int trafficClass = isIpv4 ? Memory.getUnsignedByte(inner + Ipv4.TOS) : Ipv6.trafficClass(inner);
        int flowLabel = flowHash >>> FLOW_LABEL_SHIFT | (flowHash >>> FLOW_LABEL_SHIFT == 0 ? 1 : 0);
        Memory.putIntBigEndian(header, VERSION_6 << 24 | trafficClass << 20 | flowLabel);
        Memory.putShortBigEndian(header + Ipv6.PAYLOAD_LENGTH, bytes - Ipv6.HEADER_BYTES);
        Memory.putByte(header + Ipv6.NEXT_HEADER, (byte) nextHeader);
    }
}

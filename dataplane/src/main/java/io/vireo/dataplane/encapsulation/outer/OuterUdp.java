package io.vireo.dataplane.encapsulation.outer;

import io.vireo.dataplane.path.Checksum;
import io.vireo.dataplane.path.Ipv4;
import io.vireo.dpdk.Memory;

/**
 * The UDP header (RFC 768) of those kinds of tunnel whose packets are UDP, between the delivery header and what is the kind's own.
 *
 * <p>Its source port stands for the flow inside, so that the underlay shares a tunnel's flows among its ways as it shares any others
 * (RFC 7348 §5, RFC 7510 §3); but for ESP's, by which a translator of addresses knows the far end (RFC 3948 §2.1). Its checksum is zero,
 * which says that there is none, over IPv6 too (RFC 6935 §5, RFC 6936), but for ESP, whose receivers there ask for one: what is
 * inside has checksums of its own. One that is there must be right.
 */
public final class OuterUdp {
    /** Number of the protocol in the outer header (IANA). */
    public static final int PROTOCOL = 17;

    /** Length of the header. */
    public static final int BYTES = 8;

    private static final int DESTINATION_PORT = 2;
    private static final int LENGTH = 4;
    private static final int CHECKSUM = 6;

    /** Source ports are dynamic ones, 49152 to 65535 (RFC 6335 §6): two bits are set, the others are the hash's upper ones. */
    private static final int FIRST_SOURCE_PORT = 0xc000;

    private static final int SOURCE_PORT_SHIFT = Integer.SIZE - 14;

    /** A sum that has its checksum in it, if that is right (RFC 1071 §1). */
    private static final int RIGHT = 0xffff;

    private OuterUdp() {}

    /** Writes what all packets of a tunnel share: the destination port, and a checksum of zero. Conductor only. */
    public static void write(long udp, int destinationPort) {
        Memory.fill(udp, BYTES, (byte) 0);
        Memory.putShortBigEndian(udp + DESTINATION_PORT, destinationPort);
    }

    /**
     * Completes a header: source port and length.
     *
     * @param bytes of the header and all that follows it.
     * @param flowHash of the packet inside.
     */
    public static void fixUp(long udp, int bytes, int flowHash) {
        Memory.putShortBigEndian(udp, FIRST_SOURCE_PORT | flowHash >>> SOURCE_PORT_SHIFT);
        Memory.putShortBigEndian(udp + LENGTH, bytes);
    }

    /** As {@link #write}, of a tunnel whose packets come from the port that they go to. Conductor only. */
    public static void writeBoth(long udp, int port) {
        write(udp, port);
        Memory.putShortBigEndian(udp, port);
    }

    /** Completes a header whose ports are written: length. */
    public static void setLength(long udp, int bytes) {
        Memory.putShortBigEndian(udp + LENGTH, bytes);
    }

    /**
     * Writes the checksum of a complete packet over IPv6, which receivers ask for (RFC 8200 §8.1).
     *
     * @param header of IPv6.
     */
    public static void setChecksumV6(long header, long udp, int bytes) {
        Memory.putShort(udp + CHECKSUM, (short) 0);
        int checksum = ~Checksum.fold(Checksum.add(Checksum.ofPseudoHeader(header, bytes, PROTOCOL), udp, bytes));
        Memory.putShort(udp + CHECKSUM, (short) ((checksum & RIGHT) == 0 ? RIGHT : checksum));
    }

    /** The destination port of a packet with a whole header. */
    public static int destinationPort(long udp) {
        return Memory.getUnsignedShortBigEndian(udp + DESTINATION_PORT);
    }

    /** Length of header and payload as a whole header says it, which may be anything. */
    public static int length(long udp) {
        return Memory.getUnsignedShortBigEndian(udp + LENGTH);
    }

    /** Whether a length is that of a header at least, and of no more than there is. */
    public static boolean isLengthPossible(int length, int bytes) {
        return length >= BYTES && length <= bytes;
    }

    /**
     * Whether the checksum is right, or there is none.
     *
     * @param header of IP, whose addresses the checksum is over too.
     * @param length of header and payload, which are there.
     */
    public static boolean isChecksumRight(long header, long udp, int length) {
        if (Memory.getShort(udp + CHECKSUM) == 0) {
            return true;
        }
        long pseudoHeader = Ipv4.isVersion4(header)
                ? Checksum.ofPseudoHeaderIpv4(header, length, PROTOCOL)
                : Checksum.ofPseudoHeader(header, length, PROTOCOL);
        return Checksum.fold(Checksum.add(pseudoHeader, udp, length)) == RIGHT;
    }
}

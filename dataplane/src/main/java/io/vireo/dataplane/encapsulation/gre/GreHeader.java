package io.vireo.dataplane.encapsulation.gre;

import io.vireo.dataplane.path.Checksum;
import io.vireo.dataplane.path.Ethernet;
import io.vireo.dataplane.path.Ipv4;
import io.vireo.dataplane.wire.code.GreOptions;
import io.vireo.dpdk.Memory;

/**
 * The GRE header (RFC 2784 §2, RFC 2890 §2), which stands between the outer header and the packet inside.
 *
 * <pre>
 *  |C| |K|S| reserved        |version|     type of the packet inside |   4 bytes; each of the next lines is there if its bit is set
 *  | checksum of all that follows too |   Reserved1                  |   C
 *  | key                                                             |   K
 *  | sequence number                                                 |   S
 * </pre>
 */
public final class GreHeader {
    /** Number of the protocol in the outer header (IANA). */
    public static final int PROTOCOL = 47;

    /** What every header has: flags, version and type. */
    public static final int MIN_BYTES = 4;

    private static final int CHECKSUM_PRESENT = 0x8000;
    private static final int KEY_PRESENT = 0x2000;
    private static final int SEQUENCE_PRESENT = 0x1000;
    private static final int OPTIONAL_FIELDS = CHECKSUM_PRESENT | KEY_PRESENT | SEQUENCE_PRESENT;

    /** Bits 1, 4 and 5: whoever does not implement RFC 1701 discards a packet that has one (RFC 2784 §2.3). */
    private static final int FORBIDDEN = 0x4c00;

    private static final int VERSION = 0x0007;

    /** Protocol type of Ethernet frames, "transparent Ethernet bridging" (RFC 1701, RFC 7637 §3.2), as a little-endian load has it. */
    private static final int WIRE_ETHERNET = 0x5865;

    private static final int TYPE = 2;
    private static final int CHECKSUM = 4;

    /** A sum that has its checksum in it, if that is right (RFC 1071 §1). */
    private static final int RIGHT = 0xffff;

    private GreHeader() {}

    /** Flags and version, which the other methods take. */
    public static int flags(long gre) {
        return Memory.getUnsignedShortBigEndian(gre);
    }

    /** Whether it is this header at all: version 1 is another one, PPTP's (RFC 2637 §4.1). */
    public static boolean isVersion0(int flags) {
        return (flags & VERSION) == 0;
    }

    public static boolean isAllowed(int flags) {
        return (flags & FORBIDDEN) == 0;
    }

    public static boolean hasChecksum(int flags) {
        return (flags & CHECKSUM_PRESENT) != 0;
    }

    public static boolean hasKey(int flags) {
        return (flags & KEY_PRESENT) != 0;
    }

    public static boolean hasSequence(int flags) {
        return (flags & SEQUENCE_PRESENT) != 0;
    }

    /** Length of the header. */
    public static int bytes(int flags) {
        return MIN_BYTES + Integer.bitCount(flags & OPTIONAL_FIELDS) * Integer.BYTES;
    }

    /** The key, or 0 of a header that has none. */
    public static int key(long gre, int flags) {
        return hasKey(flags) ? Memory.getIntBigEndian(gre + keyOffset(flags)) : 0;
    }

    private static int keyOffset(int flags) {
        return hasChecksum(flags) ? MIN_BYTES + Integer.BYTES : MIN_BYTES;
    }

    /** The sequence number of a header that {@linkplain #hasSequence has} one: it is always the last word. */
    public static int sequence(long gre, int flags) {
        return Memory.getIntBigEndian(gre + bytes(flags) - Integer.BYTES);
    }

    /** Whether IP is inside, of the version that {@link #isIpv4} says. */
    public static boolean isIp(long gre) {
        int type = Memory.getShort(gre + TYPE);
        return type == Ethernet.WIRE_IPV4 || type == Ethernet.WIRE_IPV6;
    }

    /** Whether a label stack is inside (RFC 4023 §3.2). */
    public static boolean isMpls(long gre) {
        return Memory.getShort(gre + TYPE) == Ethernet.WIRE_MPLS;
    }

    /** Whether there is nothing beyond the first four bytes, in which all is as it should be. */
    public static boolean isPlain(int flags) {
        return (flags & (OPTIONAL_FIELDS | FORBIDDEN)) == 0;
    }

    /** Writes the header before a label stack: it needs no completion. Conductor only. */
    public static void writeMpls(long gre) {
        Memory.putShort(gre, (short) 0);
        Memory.putShort(gre + TYPE, (short) Ethernet.WIRE_MPLS);
    }

    /** Whether IPv4 is inside. */
    public static boolean isIpv4(long gre) {
        return Memory.getShort(gre + TYPE) == Ethernet.WIRE_IPV4;
    }

    /** Whether an Ethernet frame is inside. */
    public static boolean isEthernet(long gre) {
        return Memory.getShort(gre + TYPE) == WIRE_ETHERNET;
    }

    /** Whether the checksum over header and packet is right. */
    public static boolean isChecksumRight(long gre, int bytesWithPacket) {
        return Checksum.fold(Checksum.add(0, gre, bytesWithPacket)) == RIGHT;
    }

    /** Length of the header of a tunnel with these {@link GreOptions}. Conductor only. */
    public static int bytesOfOptions(int options) {
        return bytes(flagsOfOptions(options));
    }

    private static int flagsOfOptions(int options) {
        return ((options & GreOptions.CHECKSUM) != 0 ? CHECKSUM_PRESENT : 0)
                | ((options & GreOptions.KEY) != 0 ? KEY_PRESENT : 0)
                | ((options & GreOptions.SEQUENCE) != 0 ? SEQUENCE_PRESENT : 0);
    }

    /** Writes what all packets of a tunnel share; the rest is zero. Conductor only. */
    public static void write(long gre, int options, int key) {
        int flags = flagsOfOptions(options);
        Memory.fill(gre, bytes(flags), (byte) 0);
        Memory.putShortBigEndian(gre, flags);
        if (hasKey(flags)) {
            Memory.putIntBigEndian(gre + keyOffset(flags), key);
        }
    }

    /**
     * Completes a header: type, sequence number, checksum.
     *
     * @param inner address of the packet inside, which is complete and follows the header.
     * @param sequence ignored where the header has no number.
     */
    public static void fixUp(long gre, long inner, int innerBytes, int sequence) {
        int type = Ipv4.isVersion4(inner) ? Ethernet.WIRE_IPV4 : Ethernet.WIRE_IPV6;
        complete(gre, inner, innerBytes, type, sequence);
    }

    /** As {@link #fixUp}, before an Ethernet frame. */
    public static void fixUpEthernet(long gre, long frame, int frameBytes, int sequence) {
        complete(gre, frame, frameBytes, WIRE_ETHERNET, sequence);
    }

    private static void complete(long gre, long inner, int innerBytes, int wireType, int sequence) {
        int flags = flags(gre);
        Memory.putShort(gre + TYPE, (short) wireType);
        if (hasSequence(flags)) {
            Memory.putIntBigEndian(inner - Integer.BYTES, sequence);
        }
        if (hasChecksum(flags)) { // last, and over a checksum that is still zero (RFC 2784 §2.1)
            int sum = Checksum.fold(Checksum.add(0, gre, (int) (inner - gre) + innerBytes));
            Memory.putShort(gre + CHECKSUM, (short) ~sum);
        }
    }
}

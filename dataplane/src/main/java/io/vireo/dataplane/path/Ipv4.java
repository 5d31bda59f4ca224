package io.vireo.dataplane.path;

import io.vireo.dpdk.Memory;

/** Offsets and arithmetic of the IPv4 header (RFC 791 §3.1). */
public final class Ipv4 {
    public static final int TOS = 1;
    public static final int TOTAL_LENGTH = 2;
    public static final int IDENTIFICATION = 4;
    public static final int FRAGMENT = 6;
    public static final int TTL = 8;
    public static final int PROTOCOL = 9;
    public static final int CHECKSUM = 10;
    public static final int SOURCE = 12;
    public static final int DESTINATION = 16;
    public static final int MIN_HEADER_BYTES = 20;

    /** From a host that has no address yet (RFC 1122 §3.2.1.3 a). */
    public static final int UNSPECIFIED = 0;

    public static final int LIMITED_BROADCAST = -1;

    private static final int LOOPBACK_NET = 127;
    private static final int CLASS_D_FIRST = 224;
    private static final int CLASS_E_FIRST = 240;

    /** In the field {@link #FRAGMENT}: "don't fragment". */
    public static final int DONT_FRAGMENT = 0x4000;

    /** In the field {@link #FRAGMENT}: "more fragments". */
    public static final int MORE_FRAGMENTS = 0x2000;

    /** In the field {@link #FRAGMENT}: the offset, in units. */
    public static final int OFFSET_MASK = 0x1fff;

    /** Logarithm of the bytes in a unit of the offset. */
    public static final int FRAGMENT_UNIT_SHIFT = 3;

    private static final long LOW_32 = 0xffff_ffffL;

    /** -1/65535 modulo 2^64, and the largest quotient of 65535, which happens to be the same number. */
    private static final long QUOTIENT = 0x0001_0001_0001_0001L;

    private Ipv4() {}

    /** "More fragments" and the offset, as a little-endian load has them; only "don't fragment" and the spare bit are left out. */
    private static final int FRAGMENT_MASK = 0xff3f;

    /** Whether an IP header, of either version, is an IPv4 one. */
    public static boolean isVersion4(long header) {
        return Memory.getUnsignedByte(header) >>> 4 == 4;
    }

    /** Bytes of the header with its options, by itself: 0 to 60. */
    public static int headerBytes(long header) {
        return (Memory.getByte(header) & 0xf) * Integer.BYTES;
    }

    /** Whether the packet is a part of a larger one. */
    public static boolean isFragment(long header) {
        return (Memory.getUnsignedShort(header + FRAGMENT) & FRAGMENT_MASK) != 0;
    }

    /**
     * Whether an address may be one host's. As for Linux, 0/8 but for 0.0.0.0 and 240/4 but for 255.255.255.255 may, though RFC 1122
     * §3.2.1.3 and RFC 1112 §4 reserve them.
     */
    public static boolean isUnicast(int address) {
        return address >>> 24 != LOOPBACK_NET
                && !isMulticast(address)
                && address != UNSPECIFIED
                && address != LIMITED_BROADCAST;
    }

    /** Whether an address is a group's (RFC 5771). */
    public static boolean isMulticast(int address) {
        int firstOctet = address >>> 24;
        return firstOctet >= CLASS_D_FIRST && firstOctet < CLASS_E_FIRST;
    }

    /** Bytes of the packet by its header, 0..65535. */
    public static int totalLength(long header) {
        return Memory.getIntBigEndian(header) & 0xffff;
    }

    /**
     * Whether the checksum of a header without options is right (RFC 1071: the sum over all words is all ones, in either byte
     * order, §2 B).
     *
     * <p>A sum in ones' complement is one modulo 65535, of which 2^16 and 2^32 leave 1: so the five words of 32 bits are
     * added as they are, and must give a multiple of 65535 (not 0, for the version is not). An odd number divides those
     * whose product with its inverse does not exceed the largest quotient (Granlund and Montgomery, PLDI 1994, §9).
     */
    public static boolean isChecksumRight(long header) {
        long sum = Memory.getUnsignedInt(header)
                + Memory.getUnsignedInt(header + 4)
                + Memory.getUnsignedInt(header + TTL)
                + Memory.getUnsignedInt(header + SOURCE)
                + Memory.getUnsignedInt(header + DESTINATION);
        return Long.compareUnsigned(sum * -QUOTIENT, QUOTIENT) <= 0;
    }

    /** Whether the checksum of a header of {@code headerBytes} (a multiple of 4) is right. */
    public static boolean isChecksumRight(long header, int headerBytes) {
        long sum = 0;
        for (int offset = 0; offset < headerBytes; offset += Integer.BYTES) {
            sum += Memory.getUnsignedInt(header + offset);
        }
        return fold(sum) == 0xffff;
    }

    /** Writes the checksum of a header without options, whatever stood there (RFC 1071). */
    public static void setChecksum(long header) {
        setChecksum(header, MIN_HEADER_BYTES);
    }

    /** Writes the checksum of a header of {@code headerBytes}, a multiple of 4. */
    public static void setChecksum(long header, int headerBytes) {
        Memory.putShort(header + CHECKSUM, (short) 0);
        long sum = 0;
        for (int offset = 0; offset < headerBytes; offset += Integer.BYTES) {
            sum += Memory.getUnsignedInt(header + offset);
        }
        Memory.putShort(header + CHECKSUM, (short) ~fold(sum));
    }

    /**
     * Changes a word of a header and adjusts its checksum, right or not (RFC 1624 equation 3).
     *
     * @param offset even.
     * @param after the word, as a little-endian load has it.
     */
    public static void replaceWord(long header, int offset, int after) {
        int before = Memory.getUnsignedShort(header + offset);
        int sum = ~Memory.getUnsignedShort(header + CHECKSUM) & 0xffff;
        Memory.putShort(header + offset, (short) after);
        Memory.putShort(header + CHECKSUM, (short) ~fold((long) sum + (~before & 0xffff) + after));
    }

    private static int fold(long sum) {
        long once = (sum & LOW_32) + (sum >>> 32);
        int twice = (int) ((once & 0xffff) + (once >>> 16 & 0xffff) + (once >>> 32));
        return (twice & 0xffff) + (twice >>> 16);
    }

    /**
     * The word of TTL, protocol and checksum with the TTL one less, as loaded little-endian.
     *
     * <p>RFC 1624 equation 3, HC' = ~(~HC + ~m + m'): taking 1 off the word that TTL is part of adds 1 to the checksum in
     * ones' complement arithmetic; in a little-endian load TTL is that word's low byte. Of its two zeros the result is the one that summing
     * all anew would give, as Linux has it: a checksum that would become 0xffff becomes 0, by the same carry as from 0x10000.
     *
     * @param word bytes 8..11, TTL at least 1.
     */
    public static int decrementTtl(int word) {
        long changed = (word & LOW_32) + 0x1_0000 - 1;
        return (int) (changed + ((changed + 0x1_0000) >>> Integer.SIZE << Short.SIZE));
    }
}

package io.vireo.dataplane.path;

import io.vireo.dpdk.Memory;

/** Offsets and arithmetic of the IPv4 header (RFC 791 §3.1). */
public final class Ipv4 {
    public static final int FRAGMENT = 6;
    public static final int TTL = 8;
    public static final int PROTOCOL = 9;
    public static final int SOURCE = 12;
    public static final int DESTINATION = 16;
    public static final int MIN_HEADER_BYTES = 20;

    private static final long LOW_32 = 0xffff_ffffL;

    private Ipv4() {}

    /**
     * Whether the checksum of a header without options is right (RFC 1071: the sum over all words is all ones).
     *
     * @param first bytes 0..7, as loaded. The sum of ones' complements does not depend on the byte order (RFC 1071 §2 B).
     * @param second bytes 8..15.
     * @param third bytes 16..19.
     */
    public static boolean isChecksumRight(final long first, final long second, final int third) {
        final long sum = (first & LOW_32) + (first >>> 32) + (second & LOW_32) + (second >>> 32) + (third & LOW_32);
        return fold(sum) == 0xffff;
    }

    /** Whether the checksum of a header of {@code headerBytes} (a multiple of 4) is right. */
    public static boolean isChecksumRight(final long header, final int headerBytes) {
        long sum = 0;
        for (int offset = 0; offset < headerBytes; offset += Integer.BYTES) {
            sum += Memory.getUnsignedInt(header + offset);
        }
        return fold(sum) == 0xffff;
    }

    private static int fold(final long sum) {
        final long once = (sum & LOW_32) + (sum >>> 32);
        final int twice = (int) ((once & 0xffff) + (once >>> 16 & 0xffff) + (once >>> 32));
        return (twice & 0xffff) + (twice >>> 16);
    }

    /**
     * The word of TTL, protocol and checksum with the TTL one less, as loaded little-endian.
     *
     * <p>RFC 1624 equation 3, HC' = ~(~HC + ~m + m'): taking 1 off the word that TTL is part of adds 1 to the checksum in
     * ones' complement arithmetic; in a little-endian load TTL is that word's low byte.
     *
     * @param word bytes 8..11, TTL at least 1.
     */
    public static int decrementTtl(final int word) {
        final int checksum = (word >>> 16) + 1;
        return ((checksum + (checksum >>> 16)) << 16) | ((word & 0xffff) - 1);
    }
}

package io.vireo.dataplane.path;

import io.vireo.dpdk.Memory;

/**
 * The Internet checksum (RFC 1071) of whole packets, for the exception path and for tunnels that have one. Sums are of
 * little-endian words, which gives the sum of the words in network order with its bytes exchanged (§2 B), so it is loaded and
 * stored little-endian too.
 */
public final class Checksum {
    private static final long LOW_32 = 0xffff_ffffL;

    private Checksum() {}

    /** Adds bytes to a sum; an odd one is the first of a word whose second is zero. */
    public static long add(long sum, long address, int bytes) {
        long total = sum;
        int words = bytes >> 2;
        for (int n = 0; n < words; n++) {
            total += Memory.getUnsignedInt(address + ((long) n << 2));
        }
        long rest = address + ((long) words << 2);
        if ((bytes & 2) != 0) {
            total += Memory.getUnsignedShort(rest);
            rest += 2;
        }
        return (bytes & 1) != 0 ? total + Memory.getUnsignedByte(rest) : total;
    }

    /** The sum of an IPv6 pseudo-header (RFC 8200 §8.1), whose addresses are those of a header. */
    public static long ofPseudoHeader(long ipv6Header, int upperLayerBytes, int protocol) {
        return add(numbers(upperLayerBytes, protocol), ipv6Header + Ipv6.SOURCE, Ipv6.HEADER_BYTES - Ipv6.SOURCE);
    }

    /** As {@link #ofPseudoHeader}, of IPv4 (RFC 768, RFC 9293 §3.1). */
    public static long ofPseudoHeaderIpv4(long ipv4Header, int upperLayerBytes, int protocol) {
        return add(numbers(upperLayerBytes, protocol), ipv4Header + Ipv4.SOURCE, 2 * Integer.BYTES);
    }

    private static long numbers(int upperLayerBytes, int protocol) {
        return (Integer.reverseBytes(upperLayerBytes) & LOW_32) + (Integer.reverseBytes(protocol) & LOW_32);
    }

    /** The 16 bits of a sum in ones' complement. All ones over a message that has its checksum in it: it is right. */
    public static int fold(long sum) {
        long once = (sum & LOW_32) + (sum >>> Integer.SIZE);
        int twice = (int) ((once & 0xffff) + (once >>> 16 & 0xffff) + (once >>> 32));
        return (twice & 0xffff) + (twice >>> 16);
    }
}

package io.vireo.dataplane.schedule.policy;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * A prefix of addresses. An IPv4 address stands in the low 32 bits of {@code low}, {@code high} being 0.
 *
 * @param isIpv4 the family
 * @param high the first eight bytes of an IPv6 address
 * @param low the last eight bytes, or an IPv4 address
 * @param length 0 to 32, or to 128
 */
public record FilterPrefix(boolean isIpv4, long high, long low, int length) {
    private static final int IPV4_BITS = 32;
    private static final int IPV6_BITS = 128;

    /** Refuses lengths out of range and bits set behind the length. */
    public FilterPrefix {
        int bits = isIpv4 ? IPV4_BITS : IPV6_BITS;
        if (length < 0 || length > bits) {
            throw new IllegalArgumentException("prefix length must be 0 to " + bits + ", not " + length);
        }
        if ((high & ~highMask(isIpv4, length)) != 0 || (low & ~lowMask(isIpv4, length)) != 0) {
            throw new IllegalArgumentException("address has bits behind the prefix length " + length);
        }
    }

    /** The prefix of this length that the address is in. */
    public static FilterPrefix of(InetAddress address, int length) {
        byte[] bytes = address.getAddress();
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        boolean isIpv4 = address instanceof Inet4Address;
        long high = isIpv4 ? 0 : buffer.getLong();
        long low = isIpv4 ? buffer.getInt() & 0xFFFF_FFFFL : buffer.getLong();
        return new FilterPrefix(isIpv4, high & highMask(isIpv4, length), low & lowMask(isIpv4, length), length);
    }

    /** Whether every address of another prefix is in this. */
    public boolean covers(FilterPrefix other) {
        return isIpv4 == other.isIpv4
                && length <= other.length
                && (other.high & highMask(isIpv4, length)) == high
                && (other.low & lowMask(isIpv4, length)) == low;
    }

    /** The last address's high half. */
    public long lastHigh() {
        return high | (isIpv4 ? 0 : ~highMask(false, length));
    }

    /** The last address's low half. */
    public long lastLow() {
        long ones = isIpv4 ? 0xFFFF_FFFFL : -1L;
        return low | (ones & ~lowMask(isIpv4, length));
    }

    private static long highMask(boolean isIpv4, int length) {
        return isIpv4 ? 0 : ones(Math.min(length, Long.SIZE), Long.SIZE);
    }

    private static long lowMask(boolean isIpv4, int length) {
        return isIpv4 ? ones(length, IPV4_BITS) : ones(Math.max(0, length - Long.SIZE), Long.SIZE);
    }

    /** So many ones at the top of a field of so many bits. */
    private static long ones(int count, int bits) {
        return count <= 0 ? 0 : -1L >>> (Long.SIZE - Math.min(count, Long.SIZE)) << (bits - count);
    }
}

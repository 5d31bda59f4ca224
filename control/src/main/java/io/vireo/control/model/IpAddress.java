package io.vireo.control.model;

import org.jspecify.annotations.Nullable;

/**
 * An IPv4 or IPv6 address. Unlike {@link java.net.InetAddress} it never asks a name server, never turns an IPv4-mapped
 * IPv6 address into an IPv4 one, and prints IPv6 in the canonical form of RFC 5952.
 *
 * <p>The bits are left-aligned: an IPv4 address is the 32 most significant bits of {@code high}, so that prefixes of
 * both families are compared by the same code.
 *
 * @param family which family the address belongs to.
 * @param high   the 64 most significant bits.
 * @param low    the 64 least significant bits, 0 for IPv4.
 */
public record IpAddress(AddressFamily family, long high, long low) implements Comparable<IpAddress> {

    public IpAddress {
        if (family == AddressFamily.IPV4 && (low != 0 || (high & 0xFFFF_FFFFL) != 0)) {
            throw new IllegalArgumentException("an IPv4 address has 32 bits");
        }
    }

    /**
     * Parses the textual form.
     *
     * @param text dotted decimal of four parts without leading zeros, or IPv6 as in RFC 4291 §2.2, without a zone.
     * @return the address.
     * @throws IllegalArgumentException saying what is wrong, when {@code text} is neither.
     */
    public static IpAddress parse(String text) {
        return text.indexOf(':') >= 0 ? Ipv6Text.parse(text) : Ipv4Text.parse(text);
    }

    /**
     * The address made of these bytes in network order.
     *
     * @param bytes 4 or 16 bytes.
     * @throws IllegalArgumentException for any other length.
     */
    public static IpAddress of(byte[] bytes) {
        if (bytes.length == AddressFamily.IPV4.bytes()) {
            return ofIpv4((int) bigEndian(bytes, 0, 4));
        }
        if (bytes.length == AddressFamily.IPV6.bytes()) {
            return ofIpv6(bigEndian(bytes, 0, 8), bigEndian(bytes, 8, 8));
        }
        throw new IllegalArgumentException("an address has 4 or 16 bytes, not " + bytes.length);
    }

    public static IpAddress ofIpv4(int bits) {
        return new IpAddress(AddressFamily.IPV4, (long) bits << 32, 0);
    }

    public static IpAddress ofIpv6(long high, long low) {
        return new IpAddress(AddressFamily.IPV6, high, low);
    }

    /** The address in network order: 4 or 16 bytes, in a new array. */
    public byte[] toBytes() {
        byte[] bytes = new byte[family.bytes()];
        for (int i = 0; i < bytes.length; i++) {
            long half = i < 8 ? high : low;
            bytes[i] = (byte) (half >>> (56 - 8 * (i & 7)));
        }
        return bytes;
    }

    public boolean isUnspecified() {
        return (high | low) == 0;
    }

    /** Whether this is 127.0.0.0/8 or ::1. */
    public boolean isLoopback() {
        return family == AddressFamily.IPV4 ? high >>> 56 == 127 : high == 0 && low == 1;
    }

    /** Whether this is 224.0.0.0/4 or ff00::/8. */
    public boolean isMulticast() {
        return family == AddressFamily.IPV4 ? high >>> 60 == 0xE : high >>> 56 == 0xFF;
    }

    /** Whether this is 169.254.0.0/16 or fe80::/10. */
    public boolean isLinkLocal() {
        return family == AddressFamily.IPV4 ? high >>> 48 == 0xA9FE : high >>> 54 == 0xFE80 >>> 6;
    }

    /** Orders IPv4 before IPv6, and addresses by their unsigned value. */
    @Override
    public int compareTo(IpAddress other) {
        int byFamily = family.compareTo(other.family);
        if (byFamily != 0) {
            return byFamily;
        }
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    @Override
    public String toString() {
        return family == AddressFamily.IPV4 ? Ipv4Text.format((int) (high >>> 32)) : Ipv6Text.format(high, low);
    }

    private static long bigEndian(byte[] bytes, int offset, int length) {
        long value = 0;
        for (int i = 0; i < length; i++) {
            value = (value << 8) | (bytes[offset + i] & 0xFF);
        }
        return value;
    }

    // Both written out: a record's own are chains of method handles, which control's compiler does not inline, 1 µs a
    // call, and a full table is looked up by them.
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof IpAddress address
                        && high == address.high
                        && low == address.low
                        && family == address.family);
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(high) + Long.hashCode(low) + family.bits();
    }
}

package io.vireo.control.model;

import org.jspecify.annotations.Nullable;

/**
 * A set of addresses that begin with the same bits: the destination of a route, or the subnet of an interface.
 *
 * @param network      the first address; every bit behind the prefix is zero.
 * @param prefixLength how many bits are common, 0 to 32 (IPv4) or 128 (IPv6).
 */
public record IpPrefix(IpAddress network, int prefixLength) implements Comparable<IpPrefix> {

    public IpPrefix {
        if (prefixLength < 0 || prefixLength > network.family().bits()) {
            throw new IllegalArgumentException("prefix length " + prefixLength + " is not between 0 and "
                    + network.family().bits());
        }
        if (!truncate(network, prefixLength).equals(network)) {
            throw new IllegalArgumentException(
                    "'" + network + "/" + prefixLength + "' has bits set behind its prefix; write "
                            + truncate(network, prefixLength) + "/" + prefixLength);
        }
    }

    /**
     * Parses {@code network/length}.
     *
     * @throws IllegalArgumentException saying what is wrong.
     */
    public static IpPrefix parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("'" + text + "' lacks a prefix length, such as " + text + "/24");
        }
        return new IpPrefix(IpAddress.parse(text.substring(0, slash)), parseLength(text.substring(slash + 1)));
    }

    /** The prefix of the given length that contains an address. */
    public static IpPrefix containing(IpAddress address, int prefixLength) {
        return new IpPrefix(truncate(address, prefixLength), prefixLength);
    }

    public AddressFamily family() {
        return network.family();
    }

    /** Whether the address lies in this prefix; never for the other family. */
    public boolean contains(IpAddress address) {
        return address.family() == network.family()
                && truncate(address, prefixLength).equals(network);
    }

    /** Whether some address lies in both. */
    public boolean overlaps(IpPrefix other) {
        return prefixLength <= other.prefixLength ? contains(other.network) : other.contains(network);
    }

    /** The last address: the broadcast address of an IPv4 subnet. */
    public IpAddress last() {
        long highHost = ~mask(prefixLength);
        return family() == AddressFamily.IPV4
                ? new IpAddress(AddressFamily.IPV4, network.high() | (highHost & 0xFFFF_FFFF_0000_0000L), 0)
                : new IpAddress(
                        AddressFamily.IPV6, network.high() | highHost, network.low() | ~mask(prefixLength - 64));
    }

    @Override
    public int compareTo(IpPrefix other) {
        int byNetwork = network.compareTo(other.network);
        return byNetwork != 0 ? byNetwork : Integer.compare(prefixLength, other.prefixLength);
    }

    @Override
    public String toString() {
        return network + "/" + prefixLength;
    }

    static int parseLength(String text) {
        if (!text.matches("[0-9]{1,3}")) {
            throw new IllegalArgumentException("'" + text + "' is not a prefix length");
        }
        return Integer.parseInt(text);
    }

    private static IpAddress truncate(IpAddress address, int prefixLength) {
        return new IpAddress(
                address.family(), address.high() & mask(prefixLength), address.low() & mask(prefixLength - 64));
    }

    /** The {@code bits} most significant bits of 64 set; none for 0 and less, all for 64 and more. */
    private static long mask(int bits) {
        if (bits <= 0) {
            return 0;
        }
        return bits >= 64 ? -1L : -1L << (64 - bits);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof IpPrefix prefix
                        && prefixLength == prefix.prefixLength
                        && network.equals(prefix.network));
    }

    @Override
    public int hashCode() { // as of IpAddress: a record's own is slow
        return 31 * network.hashCode() + prefixLength;
    }
}

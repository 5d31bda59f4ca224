package io.vireo.bench.tables;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * A prefix of either family.
 *
 * @param isIpv6 its family
 * @param hi upper half of an IPv6 address, else 0
 * @param lo lower half, or the IPv4 address
 * @param length in bits
 */
record Prefix(boolean isIpv6, long hi, long lo, int length) {
    private static final int IPV6_BYTES = 16;

    /**
     * Reads {@code 192.0.2.0/24} or {@code 2001:db8::/32}.
     *
     * @throws IllegalArgumentException when it is neither, with the text
     */
    static Prefix parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("'" + text + "' has no length");
        }
        byte[] address = InetAddress.ofLiteral(text.substring(0, slash)).getAddress();
        int length = Integer.parseInt(text.substring(slash + 1));
        if (length < 0 || length > Byte.SIZE * address.length) {
            throw new IllegalArgumentException("'" + text + "' has a wrong length");
        }
        ByteBuffer bytes = ByteBuffer.wrap(address);
        return address.length == IPV6_BYTES
                ? new Prefix(true, bytes.getLong(), bytes.getLong(), length)
                : new Prefix(false, 0, bytes.getInt(), length);
    }
}

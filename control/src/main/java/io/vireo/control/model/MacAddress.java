package io.vireo.control.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A 48-bit Ethernet address.
 *
 * @param bits the address in the 48 least significant bits, first byte on the wire most significant.
 */
public record MacAddress(long bits) {
    private static final long ALL_BITS = 0xFFFF_FFFF_FFFFL;
    private static final long GROUP_BIT = 1L << 40;
    private static final long LOCALLY_ADMINISTERED_BIT = 2L << 40;

    public MacAddress {
        if ((bits & ~ALL_BITS) != 0) {
            throw new IllegalArgumentException("an Ethernet address has 48 bits");
        }
    }

    /**
     * Parses six hexadecimal bytes with colons between them.
     *
     * @throws IllegalArgumentException when {@code text} is anything else.
     */
    public static MacAddress parse(String text) {
        if (!text.matches("[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}")) {
            throw new IllegalArgumentException("'" + text + "' is not an Ethernet address such as 02:00:00:00:00:01");
        }
        return new MacAddress(Long.parseLong(text.replace(":", ""), 16));
    }

    /** The address made of these six bytes. */
    public static MacAddress of(byte[] bytes) {
        if (bytes.length != 6) {
            throw new IllegalArgumentException("an Ethernet address has 6 bytes, not " + bytes.length);
        }
        long bits = 0;
        for (byte b : bytes) {
            bits = (bits << 8) | (b & 0xFF);
        }
        return new MacAddress(bits);
    }

    /**
     * A locally administered unicast address that depends on nothing but the seed, so that an interface keeps its
     * address for as long as it keeps its name.
     *
     * @param seed what the address is for, such as {@code lab1/blue/r1/h1}.
     */
    public static MacAddress derivedFrom(String seed) {
        byte[] digest = sha256(seed);
        long bits = 0;
        for (int i = 0; i < 6; i++) {
            bits = (bits << 8) | (digest[i] & 0xFF);
        }
        return new MacAddress((bits & ~GROUP_BIT) | LOCALLY_ADMINISTERED_BIT);
    }

    /** Whether a station may have this address: neither a group address nor zero. */
    public boolean isUnicast() {
        return (bits & GROUP_BIT) == 0 && bits != 0;
    }

    /** The six bytes in the order of the wire, in a new array. */
    public byte[] toBytes() {
        byte[] bytes = new byte[6];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (bits >>> (40 - 8 * i));
        }
        return bytes;
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder(17);
        for (int shift = 40; shift >= 0; shift -= 8) {
            out.append(HEX[(int) (bits >>> (shift + 4)) & 0xF]).append(HEX[(int) (bits >>> shift) & 0xF]);
            if (shift > 0) {
                out.append(':');
            }
        }
        return out.toString();
    }

    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private static byte[] sha256(String seed) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(seed.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

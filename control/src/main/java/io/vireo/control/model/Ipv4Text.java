package io.vireo.control.model;

/** The textual form of IPv4 addresses: four decimal parts. Shorter and octal forms are refused as ambiguous. */
final class Ipv4Text {

    private Ipv4Text() {}

    static IpAddress parse(String text) {
        return IpAddress.ofIpv4(parseBits(text));
    }

    static int parseBits(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            throw new IllegalArgumentException("'" + text + "' is not an IP address");
        }
        int bits = 0;
        for (String part : parts) {
            bits = bits << 8 | octet(part, text);
        }
        return bits;
    }

    static String format(int bits) {
        return (bits >>> 24) + "." + (bits >>> 16 & 0xFF) + "." + (bits >>> 8 & 0xFF) + "." + (bits & 0xFF);
    }

    private static int octet(String part, String text) {
        if (!part.matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(part) > 255) {
            throw new IllegalArgumentException("'" + part + "' in '" + text + "' is not a number from 0 to 255");
        }
        return Integer.parseInt(part);
    }
}

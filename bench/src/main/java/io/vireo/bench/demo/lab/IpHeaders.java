package io.vireo.bench.demo.lab;

import java.util.StringJoiner;

/** The protocols of the IPv4 headers within each other in an Ethernet frame. */
public final class IpHeaders {
    private static final int ETHERNET_BYTES = 14;
    private static final int MIN_BYTES = 20;
    private static final int PROTOCOL = 9;
    private static final int IP_IN_IP = 4;

    private IpHeaders() {}

    /** From the outside in: {@code 4 4 1} is an ICMP packet in two headers. Empty when it is not IPv4. */
    public static String protocols(byte[] frame) {
        StringJoiner protocols = new StringJoiner(" ");
        boolean isIpv4 = frame.length > ETHERNET_BYTES && frame[12] == 8 && frame[13] == 0;
        int at = ETHERNET_BYTES;
        int protocol = IP_IN_IP;
        while (isIpv4 && protocol == IP_IN_IP && at + MIN_BYTES <= frame.length) {
            protocol = frame[at + PROTOCOL] & 0xff;
            protocols.add(Integer.toString(protocol));
            at += Math.max(MIN_BYTES, (frame[at] & 0xf) * Integer.BYTES);
        }
        return protocols.toString();
    }
}

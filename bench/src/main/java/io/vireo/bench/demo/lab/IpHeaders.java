package io.vireo.bench.demo.lab;

import java.util.StringJoiner;

/** The protocols of the IPv4 headers within each other in an Ethernet frame. */
public final class IpHeaders {
    private static final int TYPE = 12;
    private static final int TAG_BYTES = 4;
    private static final int IPV4 = 0x0800;
    private static final int VLAN = 0x8100;
    private static final int VIRTUAL_LINK = 0x88b5;

    /** Between the ethertype and that of what a virtual link carries; the identifier is in the last three of the first four bytes. */
    private static final int VIRTUAL_LINK_BYTES = 8;

    private static final int MIN_BYTES = 20;
    private static final int PROTOCOL = 9;
    private static final int IP_IN_IP = 4;

    private IpHeaders() {}

    /**
     * From the outside in: {@code 4 4 1} is an ICMP packet in two headers, {@code link 7 1} one on virtual link 7 of the substrate,
     * whatever the VLAN. Empty when it is neither.
     */
    public static String protocols(byte[] frame) {
        StringJoiner protocols = new StringJoiner(" ");
        int at = TYPE;
        if (isType(frame, at + TAG_BYTES, VIRTUAL_LINK) && isType(frame, at, VLAN)) {
            at += TAG_BYTES;
        }
        if (isType(frame, at, VIRTUAL_LINK) && at + VIRTUAL_LINK_BYTES + Short.BYTES <= frame.length) {
            protocols.add("link " + (short16(frame, at + 2) << Short.SIZE | short16(frame, at + 4)));
            at += VIRTUAL_LINK_BYTES;
        }
        boolean isIpv4 = isType(frame, at, IPV4);
        at += Short.BYTES;
        int protocol = IP_IN_IP;
        while (isIpv4 && protocol == IP_IN_IP && at + MIN_BYTES <= frame.length) {
            protocol = frame[at + PROTOCOL] & 0xff;
            protocols.add(Integer.toString(protocol));
            at += Math.max(MIN_BYTES, (frame[at] & 0xf) * Integer.BYTES);
        }
        return protocols.toString();
    }

    private static boolean isType(byte[] frame, int at, int type) {
        return at + Short.BYTES < frame.length && short16(frame, at) == type;
    }

    private static int short16(byte[] frame, int at) {
        return (frame[at] & 0xff) << Byte.SIZE | (frame[at + 1] & 0xff);
    }
}

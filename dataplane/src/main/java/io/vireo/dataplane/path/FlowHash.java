package io.vireo.dataplane.path;

import io.vireo.dpdk.Memory;

/**
 * A number that is the same for all packets of a flow: both addresses, the protocol and, where every packet shows them, the
 * ports (RFC 2992). Fragments hash without ports, so that a datagram's fragments stay together.
 */
public final class FlowHash {
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int SCTP = 132;

    /** 2^64 divided by the golden ratio: spreads low bits upwards (Knuth, TAOCP 3, §6.4). */
    private static final long GOLDEN = 0x9e37_79b9_7f4a_7c15L;

    private FlowHash() {}

    /** Of an IPv4 packet of {@code length} bytes. */
    public static int ipv4(long header, int length) {
        int protocol = Memory.getUnsignedByte(header + Ipv4.PROTOCOL);
        boolean whole = !Ipv4.isFragment(header);
        int headerBytes = (Memory.getByte(header) & 0xf) * Integer.BYTES;
        boolean showsPorts = whole && hasPorts(protocol) && length >= headerBytes + Integer.BYTES;
        int ports = showsPorts ? Memory.getInt(header + headerBytes) : 0;
        return mix(mix(Memory.getLong(header + Ipv4.SOURCE), ports), protocol);
    }

    /** Of an IPv6 packet of {@code length} bytes. */
    public static int ipv6(long header, int length) {
        int protocol = Memory.getUnsignedByte(header + Ipv6.NEXT_HEADER);
        boolean showsPorts = hasPorts(protocol) && length >= Ipv6.HEADER_BYTES + Integer.BYTES;
        int ports = showsPorts ? Memory.getInt(header + Ipv6.HEADER_BYTES) : 0;
        int hash = protocol;
        for (int offset = Ipv6.SOURCE; offset < Ipv6.HEADER_BYTES; offset += Long.BYTES) {
            hash = mix(Memory.getLong(header + offset), hash);
        }
        return mix(ports, hash);
    }

    private static boolean hasPorts(int protocol) {
        return protocol == TCP || protocol == UDP || protocol == SCTP;
    }

    private static int mix(long value, int seed) {
        long mixed = (value ^ seed) * GOLDEN;
        mixed ^= mixed >>> 32;
        mixed *= GOLDEN;
        return (int) (mixed >>> 32);
    }
}

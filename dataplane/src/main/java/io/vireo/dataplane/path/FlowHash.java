package io.vireo.dataplane.path;

import io.vireo.dpdk.Memory;

/**
 * A number that is the same for all packets of a flow, and for another virtual router another one.
 *
 * <p>IPv4: both addresses, the protocol and, where every packet shows them, the ports (RFC 2992), else the flow that a {@link
 * VpnIdOption} identifies. IPv6: both addresses and the flow
 * label, if the source has set one (RFC 6437, RFC 6438 §3), else the next header and the ports. A fragment, the first one too,
 * hashes without ports, so that a datagram's fragments stay together.
 *
 * <p>Two routers in a row that hash alike would polarise: what the first sends to the second agrees in the hash's upper bits
 * already, and takes one way there. Hence the {@linkplain #seed seed}.
 */
public final class FlowHash {
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int SCTP = 132;

    /** 2^64 divided by the golden ratio: spreads low bits upwards (Knuth, TAOCP 3, §6.4). */
    private static final long GOLDEN = 0x9e37_79b9_7f4a_7c15L;

    private FlowHash() {}

    /** Makes one that is hard to guess from its neighbours of a seed that an operator may have chosen, such as 7. */
    public static long spread(long seed) {
        long mixed = (seed ^ seed >>> 33) * GOLDEN;
        mixed = (mixed ^ mixed >>> 29) * GOLDEN;
        return mixed ^ mixed >>> 32;
    }

    /**
     * The seed of a virtual router.
     *
     * @param nodeSeed of the node, {@linkplain #spread spread}.
     */
    public static long seed(long nodeSeed, int router) {
        return nodeSeed ^ router * GOLDEN;
    }

    /** Of an IPv4 packet of {@code length} bytes. */
    public static int ipv4(long header, int length, long seed) {
        int protocol = Memory.getUnsignedByte(header + Ipv4.PROTOCOL);
        boolean whole = !Ipv4.isFragment(header);
        int headerBytes = Ipv4.headerBytes(header);
        boolean showsPorts = whole && hasPorts(protocol) && length >= headerBytes + Integer.BYTES;
        int flow = showsPorts ? Memory.getInt(header + headerBytes) : flowOfOptions(header, headerBytes);
        return mix(mix(Memory.getLong(header + Ipv4.SOURCE) ^ seed, flow), protocol);
    }

    /** Every fragment has these: the options are copied. */
    private static int flowOfOptions(long header, int headerBytes) {
        return headerBytes == Ipv4.MIN_HEADER_BYTES ? 0 : VpnIdOption.flow(header, headerBytes);
    }

    /** Of an IPv6 packet of {@code length} bytes. */
    public static int ipv6(long header, int length, long seed) {
        int label = Ipv6.wireFlowLabel(header);
        int flow = label != 0 ? label : ipv6Ports(header, length);
        int hash = mix(Memory.getLong(header + Ipv6.SOURCE) ^ seed, 0);
        for (int offset = Ipv6.SOURCE + Long.BYTES; offset < Ipv6.HEADER_BYTES; offset += Long.BYTES) {
            hash = mix(Memory.getLong(header + offset), hash);
        }
        return mix(flow, hash);
    }

    /** Next header and ports; a fragment's next header is that of all fragments (RFC 8200 §4.5), and has no ports. */
    private static int ipv6Ports(long header, int length) {
        int protocol = Memory.getUnsignedByte(header + Ipv6.NEXT_HEADER);
        boolean showsPorts = hasPorts(protocol) && length >= Ipv6.HEADER_BYTES + Integer.BYTES;
        return showsPorts ? mix(Memory.getInt(header + Ipv6.HEADER_BYTES), protocol) : protocol;
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

package io.vireo.dataplane.path.answer;

import io.vireo.dataplane.encapsulation.SentPackets;
import io.vireo.dataplane.path.Burst;
import io.vireo.dataplane.path.Icmp;
import io.vireo.dataplane.path.Ipv4;
import io.vireo.dataplane.path.Ipv6;
import io.vireo.dpdk.Memory;

/**
 * Takes ICMP errors about packets of tunnels, which come from routers underneath (RFC 2003 §4, RFC 2473 §8): what is too big there
 * lowers the path MTU of the tunnel, so that the sender of the next packet that is too long learns what it may send; the rest
 * is counted. Others are the kernel's. Single user: its worker.
 */
final class UnderlayErrors {
    private static final int SOURCE_QUENCH = 4;
    private static final int PARAMETER_PROBLEM = 12;
    private static final int PARAMETER_PROBLEM_V6 = 4;
    private static final int FRAGMENTATION_NEEDED = 4;
    private static final int MTU = 4;
    private static final int NEXT_HOP_MTU = 6;

    private final SentPackets sent;

    UnderlayErrors(SentPackets sent) {
        this.sent = sent;
    }

    /** Whether a packet for the router itself, without options, is an ICMP error about a packet of a tunnel; then it is taken note of. */
    boolean takeIpv4(Burst burst, int i, long nowNs) {
        long header = burst.network[i];
        long message = header + Ipv4.MIN_HEADER_BYTES;
        int bytes = burst.networkLength[i] - Ipv4.MIN_HEADER_BYTES;
        long quoted = message + Icmp.HEADER_BYTES;
        int quotedBytes = bytes - Icmp.HEADER_BYTES;
        if (quotedBytes < Ipv4.MIN_HEADER_BYTES
                || Memory.getUnsignedByte(header + Ipv4.PROTOCOL) != Icmp.PROTOCOL
                || Ipv4.isFragment(header)
                || !isError(Icmp.type(message))
                || !sent.isSentIpv4(burst.router[i], quoted, quotedBytes)
                || !Icmp.isChecksumRight(message, bytes)) {
            return false;
        }
        if (Icmp.type(message) == Icmp.UNREACHABLE && Icmp.code(message) == FRAGMENTATION_NEEDED) {
            int mtu = Memory.getUnsignedShortBigEndian(message + NEXT_HOP_MTU);
            sent.lowerPathMtuIpv4(burst.router[i], quoted, quotedBytes, mtu, nowNs);
        }
        return true;
    }

    private static boolean isError(int type) {
        return type == Icmp.UNREACHABLE
                || type == Icmp.TIME_EXCEEDED
                || type == SOURCE_QUENCH
                || type == PARAMETER_PROBLEM;
    }

    /** As {@link #takeIpv4}. */
    boolean takeIpv6(Burst burst, int i, long nowNs) {
        long header = burst.network[i];
        long message = header + Ipv6.HEADER_BYTES;
        int bytes = burst.networkLength[i] - Ipv6.HEADER_BYTES;
        long quoted = message + Icmp.HEADER_BYTES;
        int quotedBytes = bytes - Icmp.HEADER_BYTES;
        if (quotedBytes < Ipv6.HEADER_BYTES
                || Memory.getUnsignedByte(header + Ipv6.NEXT_HEADER) != Icmp.PROTOCOL_V6
                || Icmp.type(message) < Icmp.UNREACHABLE_V6
                || Icmp.type(message) > PARAMETER_PROBLEM_V6
                || !sent.isSentIpv6(burst.router[i], quoted, quotedBytes)
                || !Icmp.isChecksumRightV6(header, message, bytes)) {
            return false;
        }
        if (Icmp.type(message) == Icmp.TOO_BIG_V6) {
            int mtu = Memory.getIntBigEndian(message + MTU) & Integer.MAX_VALUE; // a larger one lowers nothing
            sent.lowerPathMtuIpv6(burst.router[i], quoted, quotedBytes, mtu, nowNs);
        }
        return true;
    }
}

package io.vireo.dataplane.encapsulation;

import io.vireo.dataplane.encapsulation.ipip.IpIpHeader;
import io.vireo.dataplane.encapsulation.outer.OuterHeader;
import io.vireo.dataplane.interfaces.InterfaceTable;
import io.vireo.dataplane.path.Burst;
import io.vireo.dataplane.path.CheckResult;
import io.vireo.dataplane.path.Disposition;
import io.vireo.dataplane.path.Ipv4;
import io.vireo.dataplane.path.Ipv6;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.Encapsulation;
import io.vireo.dataplane.wire.code.PuntReason;
import io.vireo.dpdk.Memory;

/**
 * Takes packets out of tunnels: what is for the router itself and for an end of a tunnel becomes a frame that the tunnel's interface
 * receives. It is checked then, as any other frame, so nothing here trusts what is inside. Single user: its worker.
 */
public final class Decapsulator {
    /** No interface, as {@link #unwrap} says it: the packet is for no tunnel. */
    private static final int NOT_OURS = ~Disposition.punt(PuntReason.LOCAL);

    private static final int CONGESTION_MARKED = ~Disposition.drop(DropReason.CONGESTION_MARKED);
    private static final int IPIP = Encapsulation.IPIP.code();
    private static final long LOW_32 = 0xffff_ffffL;

    private final TunnelEnds ends;
    private final InterfaceTable interfaces;

    public Decapsulator(TunnelEnds ends, InterfaceTable interfaces) {
        this.ends = ends;
        this.interfaces = interfaces;
    }

    /**
     * Unwraps packet {@code i}, which check has found sound and which is for the router itself.
     *
     * @return the interface that receives what was inside, now the content of the packet's buffer; else, negative, the complement
     *     of the packet's disposition, and it is as it was: punted, for no tunnel expects it, or it is a fragment, which the
     *     kernel may put together; or dropped.
     */
    public int unwrap(Burst burst, int i) {
        long header = burst.network[i];
        return CheckResult.family(burst.checkResult[i]) == CheckResult.FAMILY_IPV4
                ? unwrapIpv4(burst, i, header)
                : unwrapIpv6(burst, i, header);
    }

    private int unwrapIpv4(Burst burst, int i, long header) {
        int protocol = Memory.getUnsignedByte(header + Ipv4.PROTOCOL);
        if (!IpIpHeader.isProtocol(protocol) || Ipv4.isFragment(header)) {
            return NOT_OURS;
        }
        long source = Memory.getIntBigEndian(header + Ipv4.SOURCE) & LOW_32;
        long destination = Memory.getIntBigEndian(header + Ipv4.DESTINATION) & LOW_32;
        int end = ends.find(burst.router[i], IPIP, 0, source, 0, destination, 0);
        int tos = Memory.getUnsignedByte(header + Ipv4.TOS);
        return receive(burst, i, end, protocol, Ipv4.MIN_HEADER_BYTES, tos);
    }

    private int unwrapIpv6(Burst burst, int i, long header) {
        int protocol = Memory.getUnsignedByte(header + Ipv6.NEXT_HEADER);
        if (!IpIpHeader.isProtocol(protocol)) {
            return NOT_OURS;
        }
        int end = ends.find(
                burst.router[i],
                IPIP,
                Memory.getLongBigEndian(header + Ipv6.SOURCE),
                Memory.getLongBigEndian(header + Ipv6.SOURCE + Long.BYTES),
                Memory.getLongBigEndian(header + Ipv6.DESTINATION),
                Memory.getLongBigEndian(header + Ipv6.DESTINATION + Long.BYTES),
                0);
        return receive(burst, i, end, protocol, Ipv6.HEADER_BYTES, Ipv6.trafficClass(header));
    }

    private int receive(Burst burst, int i, int end, int protocol, int outerBytes, int outerTrafficClass) {
        if (end == TunnelEnds.NONE) {
            return NOT_OURS;
        }
        long inner = burst.network[i] + outerBytes;
        int innerBytes = burst.networkLength[i] - outerBytes;
        boolean isIpv4 = IpIpHeader.isIpv4(protocol);
        if (!OuterHeader.carryCongestion(outerTrafficClass, inner, innerBytes, isIpv4)) {
            return CONGESTION_MARKED;
        }
        InnerFrame.wrap(burst.mbufs.get(i), inner, innerBytes, isIpv4, interfaces.record(end));
        return end;
    }
}

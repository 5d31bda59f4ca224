package io.vireo.dataplane.encapsulation;

import io.vireo.dataplane.encapsulation.mpls.LabelEntry;
import io.vireo.dataplane.encapsulation.outer.OuterModes;
import io.vireo.dataplane.path.Burst;
import io.vireo.dataplane.path.Disposition;
import io.vireo.dataplane.path.Ipv4;
import io.vireo.dataplane.path.Ipv6;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.Encapsulation;
import io.vireo.dataplane.wire.code.TunnelModes;
import io.vireo.dpdk.Memory;

/** Takes labels off, in which tunnels' packets come. Part of {@link Decapsulator}. Single user: its worker. */
public final class LabelledPackets {
    private static final int OTHER_PAYLOAD = ~Disposition.drop(DropReason.TUNNEL_PAYLOAD);
    private static final int TTL_EXPIRED = ~Disposition.drop(DropReason.TTL_EXPIRED);

    private static final int LABEL_UNKNOWN = ~Disposition.drop(DropReason.LABEL_UNKNOWN);
    private static final int MPLS = Encapsulation.MPLS.code() | TunnelEnds.KEYED;

    private final TunnelEnds ends;
    private final InnerPackets inside;

    LabelledPackets(TunnelEnds ends, InnerPackets inside) {
        this.ends = ends;
        this.inside = inside;
    }

    /**
     * Takes the label off packet {@code i}, which came with it on a link.
     *
     * @return as of {@link Decapsulator#unwrap}; nothing is punted, for no kernel knows labels.
     */
    public int unwrap(Burst burst, int i) {
        long stack = burst.network[i];
        int bytes = burst.networkLength[i];
        int entry = bytes < LabelEntry.BYTES ? 0 : LabelEntry.at(stack); // no tunnel has the label 0
        long end = ends.lookup(burst.router[i], MPLS, 0, 0, 0, 0, LabelEntry.label(entry));
        return end == TunnelEnds.NO_RECORD ? LABEL_UNKNOWN : receiveFromLink(burst.mbufs.get(i), stack, bytes, end);
    }

    /**
     * Receives what is behind a label. The label's TTL must be more than one, for this end takes one off (RFC 3032 §2.4.2); where it is
     * the packet's own (RFC 3443 §3.1), the packet takes it on and expires within its virtual router, which answers.
     *
     * @param stack address of the label.
     * @param bytes from there.
     */
    int receive(long mbuf, long stack, int bytes, long end) {
        int entry = LabelEntry.at(stack);
        long inner = stack + LabelEntry.BYTES;
        int innerBytes = bytes - LabelEntry.BYTES;
        if (!LabelEntry.isBeforeIp(entry, inner, innerBytes)) {
            return OTHER_PAYLOAD;
        }
        boolean isUniform = (TunnelEnds.modes(end) & TunnelModes.UNIFORM_TTL) != 0;
        if (!isUniform && LabelEntry.ttl(entry) <= 1) {
            return TTL_EXPIRED;
        }
        boolean isIpv4 = Ipv4.isVersion4(inner);
        int received = inside.receive(mbuf, inner, innerBytes, isIpv4, end);
        if (isUniform && received >= 0 && innerBytes >= Ipv4.MIN_HEADER_BYTES) {
            OuterModes.lowerHopLimit(inner, LabelEntry.ttl(entry), isIpv4);
        }
        return received;
    }

    /** As {@link #receive}, without an outer header: the class on the way is the label's, and the packet's hop limit its own. */
    private int receiveFromLink(long mbuf, long stack, int bytes, long end) {
        long inner = stack + LabelEntry.BYTES;
        boolean isCarried = (TunnelEnds.modes(end) & TunnelModes.UNIFORM_DSCP) != 0
                && bytes >= LabelEntry.BYTES + Ipv4.MIN_HEADER_BYTES;
        int trafficClass = isCarried ? LabelEntry.trafficClass(LabelEntry.at(stack), tosOf(inner)) : 0;
        inside.outer(inner, trafficClass);
        return receive(mbuf, stack, bytes, end);
    }

    private static int tosOf(long packet) {
        return Ipv4.isVersion4(packet) ? Memory.getUnsignedByte(packet + Ipv4.TOS) : Ipv6.trafficClass(packet);
    }
}

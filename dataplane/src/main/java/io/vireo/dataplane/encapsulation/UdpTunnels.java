package io.vireo.dataplane.encapsulation;

import io.vireo.dataplane.encapsulation.esp.EspInUdp;
import io.vireo.dataplane.encapsulation.outer.OuterUdp;
import io.vireo.dataplane.encapsulation.vxlan.VxlanHeader;
import io.vireo.dataplane.path.Disposition;
import io.vireo.dataplane.path.Ethernet;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.Encapsulation;

/** Takes packets out of tunnels within UDP. Part of {@link Decapsulator}, which knows between whom they are. Single user: its worker. */
final class UdpTunnels {
    private static final int WRONG_CHECKSUM = ~Disposition.drop(DropReason.TUNNEL_CHECKSUM);
    private static final int OTHER_PAYLOAD = ~Disposition.drop(DropReason.TUNNEL_PAYLOAD);

    private static final int ESP = Encapsulation.ESP.code();
    private static final int VXLAN = Encapsulation.VXLAN.code();
    private static final int MPLS_UDP = Encapsulation.MPLS_UDP.code();
    private static final int KEYLESS = 0;
    private static final int MIN_VXLAN_BYTES = OuterUdp.BYTES + VxlanHeader.BYTES + Ethernet.HEADER_BYTES;

    private final Decapsulator decapsulator;
    private final UdpPorts ports;
    private final InnerPackets inside;

    /** @param ports to which there are packets of tunnels. */
    UdpTunnels(Decapsulator decapsulator, UdpPorts ports, InnerPackets inside) {
        this.decapsulator = decapsulator;
        this.ports = ports;
        this.inside = inside;
    }

    /**
     * As {@link Decapsulator#unwrap}, of what is behind an outer header. Most are no tunnel's: their port says so.
     *
     * @param bytes from the UDP header to the packet's end.
     */
    int unwrap(long mbuf, long udp, int bytes, long outerHeader) {
        if (bytes < OuterUdp.BYTES) {
            return Decapsulator.NOT_OURS;
        }
        int port = OuterUdp.destinationPort(udp);
        int kinds = ports.kinds(port);
        int received = Decapsulator.NOT_OURS;
        if (UdpPorts.has(kinds, VXLAN)) {
            received = vxlan(TunnelEnds.ofUdp(VXLAN, port), mbuf, udp, bytes, outerHeader);
        }
        if (received == Decapsulator.NOT_OURS && UdpPorts.has(kinds, MPLS_UDP)) {
            received = labelled(TunnelEnds.ofUdp(MPLS_UDP, port), mbuf, udp, bytes, outerHeader);
        }
        return received == Decapsulator.NOT_OURS && UdpPorts.has(kinds, ESP)
                ? esp(TunnelEnds.ofUdp(ESP, port), mbuf, udp, bytes)
                : received;
    }

    private int vxlan(int kind, long mbuf, long udp, int bytes, long outerHeader) {
        int length = OuterUdp.length(udp);
        long vxlan = udp + OuterUdp.BYTES;
        if (!OuterUdp.isLengthPossible(length, bytes) || length < MIN_VXLAN_BYTES || !VxlanHeader.hasVni(vxlan)) {
            return decapsulator.refuse(kind, Decapsulator.MALFORMED);
        }
        long end = decapsulator.lookup(kind | TunnelEnds.KEYED, VxlanHeader.vni(vxlan));
        if (end == TunnelEnds.NO_RECORD) {
            return decapsulator.refuse(kind, Decapsulator.WRONG_KEY);
        }
        if (!OuterUdp.isChecksumRight(outerHeader, udp, length)) {
            return WRONG_CHECKSUM;
        }
        int headerBytes = OuterUdp.BYTES + VxlanHeader.BYTES;
        return InnerPackets.isUntagged(udp + headerBytes, length - headerBytes)
                ? inside.receiveFrame(mbuf, udp + headerBytes, length - headerBytes, end)
                : OTHER_PAYLOAD;
    }

    private int labelled(int kind, long mbuf, long udp, int bytes, long outerHeader) {
        int length = OuterUdp.length(udp);
        if (!OuterUdp.isLengthPossible(length, bytes)) {
            return decapsulator.refuse(kind, Decapsulator.MALFORMED);
        }
        return OuterUdp.isChecksumRight(outerHeader, udp, length)
                ? decapsulator.labelled(kind, mbuf, udp + OuterUdp.BYTES, length - OuterUdp.BYTES)
                : decapsulator.refuse(kind, WRONG_CHECKSUM);
    }

    private int esp(int kind, long mbuf, long udp, int bytes) {
        int disposition = EspInUdp.disposition(udp, bytes);
        if (disposition == Disposition.FORWARD) {
            return decapsulator.esp(kind, mbuf, udp + OuterUdp.BYTES, OuterUdp.length(udp) - OuterUdp.BYTES);
        }
        return decapsulator.lookup(kind, KEYLESS) == TunnelEnds.NO_RECORD ? Decapsulator.NOT_OURS : ~disposition;
    }
}

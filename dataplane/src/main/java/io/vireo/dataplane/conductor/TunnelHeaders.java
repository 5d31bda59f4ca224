package io.vireo.dataplane.conductor;

import io.vireo.dataplane.encapsulation.EncapsulationTable;
import io.vireo.dataplane.encapsulation.FixUp;
import io.vireo.dataplane.encapsulation.esp.EspHeader;
import io.vireo.dataplane.encapsulation.gre.GreHeader;
import io.vireo.dataplane.encapsulation.mpls.LabelEntry;
import io.vireo.dataplane.encapsulation.outer.OuterHeader;
import io.vireo.dataplane.encapsulation.outer.OuterUdp;
import io.vireo.dataplane.encapsulation.vns.VnsHeader;
import io.vireo.dataplane.encapsulation.vxlan.VxlanHeader;
import io.vireo.dataplane.path.Ipv4;
import io.vireo.dataplane.path.Ipv6;
import io.vireo.dataplane.path.VpnIdOption;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.value.TunnelSpec;

/** Writes what all packets of a tunnel have in common before the packet inside. Single user: the conductor. */
final class TunnelHeaders {
    private final EncapsulationTable encapsulations;

    TunnelHeaders(EncapsulationTable encapsulations) {
        this.encapsulations = encapsulations;
    }

    /** Fills the record of a tunnel that no worker can reach; its packets go nowhere yet. */
    void define(int index, int interfaceId, TunnelSpec tunnel) {
        int outerBytes = outerBytes(tunnel);
        if (tunnel.hasOuterHeader()) {
            writeOuter(header(index), tunnel);
        }
        int kindBytes = writeKind(header(index), outerBytes, tunnel);
        encapsulations.define(index, interfaceId, tunnel.underlayRouterId(), fixUp(tunnel), outerBytes + kindBytes);
        encapsulations.setEspOptions(index, EspOptions.of(tunnel));
        setModes(index, tunnel);
        setEnds(index, tunnel);
    }

    private static int outerBytes(TunnelSpec tunnel) {
        if (!tunnel.hasOuterHeader()) {
            return 0;
        }
        return isOverIpv4(tunnel) ? Ipv4.MIN_HEADER_BYTES : Ipv6.HEADER_BYTES;
    }

    /** Writes what the kind has behind the outer IP header; returns the bytes of that. */
    private static int writeKind(long header, int outerBytes, TunnelSpec tunnel) {
        return switch (tunnel.encapsulation()) {
            case NONE -> throw new IllegalArgumentException("a tunnel has an encapsulation");
            case IPIP -> 0;
            case GRE -> {
                GreHeader.write(header + outerBytes, tunnel.greOptions(), tunnel.key());
                yield GreHeader.bytesOfOptions(tunnel.greOptions());
            }
            case ESP -> {
                if (tunnel.udpPort() == 0) {
                    yield EspHeader.BYTES; // the sender writes it, packet by packet
                }
                OuterUdp.writeBoth(header + outerBytes, tunnel.udpPort());
                yield OuterUdp.BYTES + EspHeader.BYTES;
            }
            case VNS -> {
                VnsHeader.write(header, tunnel.vnsOption(), tunnel.key());
                yield VpnIdOption.roomBytes(tunnel.vnsOption());
            }
            case VXLAN -> {
                OuterUdp.write(header + outerBytes, tunnel.udpPort());
                VxlanHeader.write(header + outerBytes + OuterUdp.BYTES, tunnel.key());
                yield OuterUdp.BYTES + VxlanHeader.BYTES;
            }
            case MPLS_GRE -> {
                GreHeader.writeMpls(header + outerBytes);
                LabelEntry.writeBottom(header + outerBytes + GreHeader.MIN_BYTES, tunnel.outLabel(), 0);
                yield GreHeader.MIN_BYTES + LabelEntry.BYTES;
            }
            case MPLS_UDP -> {
                OuterUdp.write(header + outerBytes, tunnel.udpPort());
                LabelEntry.writeBottom(header + outerBytes + OuterUdp.BYTES, tunnel.outLabel(), 0);
                yield OuterUdp.BYTES + LabelEntry.BYTES;
            }
            case MPLS -> {
                LabelEntry.writeBottom(header, tunnel.outLabel(), tunnel.hopLimit());
                yield LabelEntry.BYTES;
            }
        };
    }

    private static int fixUp(TunnelSpec tunnel) {
        boolean isOverIpv4 = isOverIpv4(tunnel);
        return switch (tunnel.encapsulation()) {
            case NONE -> throw new IllegalArgumentException("a tunnel has an encapsulation");
            case IPIP -> isOverIpv4 ? FixUp.IPIP_OVER_IPV4 : FixUp.IPIP_OVER_IPV6;
            case GRE ->
                tunnel.isEthernet() ? FixUp.GRE_ETHERNET : isOverIpv4 ? FixUp.GRE_OVER_IPV4 : FixUp.GRE_OVER_IPV6;
            case ESP ->
                tunnel.udpPort() == 0
                        ? isOverIpv4 ? FixUp.ESP_OVER_IPV4 : FixUp.ESP_OVER_IPV6
                        : isOverIpv4 ? FixUp.ESP_UDP_OVER_IPV4 : FixUp.ESP_UDP_OVER_IPV6;
            case VNS -> FixUp.VNS_OVER_IPV4;
            case VXLAN -> FixUp.VXLAN;
            case MPLS_GRE -> isOverIpv4 ? FixUp.MPLS_GRE_OVER_IPV4 : FixUp.MPLS_GRE_OVER_IPV6;
            case MPLS_UDP -> isOverIpv4 ? FixUp.MPLS_UDP_OVER_IPV4 : FixUp.MPLS_UDP_OVER_IPV6;
            case MPLS -> FixUp.MPLS;
        };
    }

    private long header(int index) {
        return EncapsulationTable.header(encapsulations.record(index));
    }

    private static boolean isOverIpv4(TunnelSpec tunnel) {
        return tunnel.outerFamily() == AddressFamily.IPV4;
    }

    private static void writeOuter(long header, TunnelSpec tunnel) {
        switch (tunnel.outerFamily()) {
            case IPV4 ->
                OuterHeader.writeIpv4(header, (int) tunnel.localLow(), (int) tunnel.remoteLow(), tunnel.hopLimit());
            case IPV6 ->
                OuterHeader.writeIpv6(
                        header,
                        tunnel.localHigh(),
                        tunnel.localLow(),
                        tunnel.remoteHigh(),
                        tunnel.remoteLow(),
                        tunnel.hopLimit());
        }
    }

    private void setEnds(int index, TunnelSpec tunnel) {
        encapsulations.setEnds(index, tunnel.localHigh(), tunnel.localLow(), tunnel.remoteHigh(), tunnel.remoteLow());
    }

    /** Changes how the outer header of the packets to come depends on them. */
    void setModes(int index, TunnelSpec tunnel) {
        encapsulations.setModes(index, tunnel.modes());
    }

    /** Changes the hop limit of the packets to come. */
    void setHopLimit(int index, TunnelSpec tunnel) {
        long header = header(index);
        if (!tunnel.hasOuterHeader()) {
            LabelEntry.setTtl(header, tunnel.hopLimit());
            return;
        }
        switch (tunnel.outerFamily()) {
            case IPV4 -> OuterHeader.setTtl(header, tunnel.hopLimit());
            case IPV6 -> OuterHeader.setHopLimit(header, tunnel.hopLimit());
        }
    }
}

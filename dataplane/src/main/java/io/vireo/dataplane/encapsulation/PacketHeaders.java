package io.vireo.dataplane.encapsulation;

import io.vireo.dataplane.encapsulation.esp.EspHeader;
import io.vireo.dataplane.encapsulation.esp.EspSender;
import io.vireo.dataplane.encapsulation.gre.GreHeader;
import io.vireo.dataplane.encapsulation.ipip.IpIpHeader;
import io.vireo.dataplane.encapsulation.mpls.LabelEntry;
import io.vireo.dataplane.encapsulation.outer.OuterHeader;
import io.vireo.dataplane.encapsulation.outer.OuterModes;
import io.vireo.dataplane.encapsulation.outer.OuterUdp;
import io.vireo.dataplane.encapsulation.substrate.SubstrateHeader;
import io.vireo.dataplane.encapsulation.vns.VnsHeader;
import io.vireo.dataplane.nexthop.NextHopGroups;
import io.vireo.dataplane.path.Ipv4;
import io.vireo.dataplane.path.Ipv6;
import io.vireo.dataplane.wire.code.TunnelModes;

/** Writes headers of tunnels before IP packets, each complete. Part of {@link Encapsulator}. Single user: its worker. */
final class PacketHeaders {
    private static final int ESP_UDP_BYTES = OuterUdp.BYTES + EspHeader.BYTES;

    private final EncapsulationTable encapsulations;
    private final NextHopGroups groups;
    private final boolean isLive;
    private final EspSender esp;
    private int identification;

    /** @param isLive whether what is written is sent; false: a tracer's. */
    PacketHeaders(EncapsulationTable encapsulations, NextHopGroups groups, boolean isLive) {
        this.encapsulations = encapsulations;
        this.groups = groups;
        this.isLive = isLive;
        esp = new EspSender(isLive);
    }

    /** For an outer IPv4 header: another one than any packet of any kind of tunnel has between the same addresses (RFC 6864 §4.3). */
    int takeIdentification() {
        return identification++;
    }

    /** Writes one header, and what is behind the packet; returns the header's address. */
    long push(long record, long association, long packet, int bytes, int modes) {
        int headerBytes = EncapsulationTable.headerBytes(record);
        long header = packet - headerBytes;
        int kind = EncapsulationTable.fixUp(record);
        if (kind == FixUp.IPIP_OVER_IPV4
                && modes == TunnelModes.DEFAULT) { // nearly nothing to do, so not in a method that does all
            overIpv4(record, header, packet, bytes, IpIpHeader.protocolOf(packet));
        } else if (FixUp.isOnLink(kind)) {
            EncapsulationTable.copyHeader(record, header, 0, headerBytes);
            LabelEntry.complete(header, OuterModes.fieldsOf(packet), modes);
        } else {
            fixUp(record, association, header, packet, bytes, modes);
        }
        return header;
    }

    private void fixUp(long record, long association, long header, long packet, int bytes, int modes) {
        int innerFields = modes == TunnelModes.DEFAULT ? 0 : OuterModes.fieldsOf(packet);
        int fixUp = EncapsulationTable.fixUp(record);
        switch (fixUp) {
            case FixUp.IPIP_OVER_IPV4 -> overIpv4(record, header, packet, bytes, IpIpHeader.protocolOf(packet));
            case FixUp.IPIP_OVER_IPV6 -> overIpv6(record, header, packet, bytes, IpIpHeader.protocolOf(packet));
            case FixUp.GRE_OVER_IPV4 -> {
                overIpv4(record, header, packet, bytes, GreHeader.PROTOCOL);
                fixUpGre(record, header + Ipv4.MIN_HEADER_BYTES, packet, bytes);
            }
            case FixUp.GRE_OVER_IPV6 -> {
                overIpv6(record, header, packet, bytes, GreHeader.PROTOCOL);
                fixUpGre(record, header + Ipv6.HEADER_BYTES, packet, bytes);
            }
            case FixUp.ESP_OVER_IPV4, FixUp.ESP_UDP_OVER_IPV4, FixUp.ESP_OVER_IPV6, FixUp.ESP_UDP_OVER_IPV6 ->
                fixUpEsp(record, association, header, packet, bytes);
            case FixUp.VNS_OVER_IPV4 -> {
                overIpv4(record, header, packet, bytes, IpIpHeader.protocolOf(packet));
                fixUpVns(record, header, packet, bytes);
            }
            case FixUp.MPLS_GRE_OVER_IPV4 -> overIpv4(record, header, packet, bytes, GreHeader.PROTOCOL);
            case FixUp.MPLS_GRE_OVER_IPV6 -> overIpv6(record, header, packet, bytes, GreHeader.PROTOCOL);
            case FixUp.MPLS_UDP_OVER_IPV4, FixUp.MPLS_UDP_OVER_IPV6 -> overUdp(record, header, packet, bytes);
            case FixUp.SUBSTRATE -> {
                EncapsulationTable.copyHeader(record, header, 0, SubstrateHeader.BYTES);
                SubstrateHeader.fixUp(header, packet, bytes);
            }
            default -> throw new IllegalStateException("no such fix-up");
        }
        if (modes != TunnelModes.DEFAULT) {
            fixUpModes(record, header, innerFields, modes);
        }
        if (FixUp.hasLabel(fixUp)) { // class and TTL of the label are what the outer header says in the end
            LabelEntry.complete(packet - LabelEntry.BYTES, OuterModes.fieldsOf(header));
        }
    }

    private void fixUpModes(long record, long header, int innerFields, int modes) {
        OuterModes.fixUp(header, innerFields, modes);
        if ((modes & TunnelModes.FRAGMENT_OUTER) != 0 && TunnelChain.isOverIpv4(record)) {
            OuterModes.allowFragments(header, encapsulations.takeIdentification(record, isLive));
        }
    }

    /** Writes the header; of what is the kind's own only what all packets share. */
    private void overIpv4(long record, long header, long packet, int bytes, int protocol) {
        int headerBytes = EncapsulationTable.headerBytes(record);
        EncapsulationTable.copyHeader(record, header, Ipv4.MIN_HEADER_BYTES, headerBytes);
        long template = EncapsulationTable.header(record);
        OuterHeader.copyIpv4(template, header, headerBytes + bytes, packet, protocol, takeIdentification());
    }

    private void overIpv6(long record, long header, long packet, int bytes, int protocol) {
        overIpv6(record, header, packet, bytes, protocol, flowHash(record, packet, bytes));
    }

    /** As {@link #overIpv4}. */
    private static void overIpv6(long record, long header, long packet, int bytes, int protocol, int flowHash) {
        EncapsulationTable.copyHeader(record, header, 0, EncapsulationTable.headerBytes(record));
        OuterHeader.fixUpIpv6(header, packet, bytes, protocol, flowHash);
    }

    private void fixUpEsp(long record, long association, long header, long packet, int bytes) {
        int fixUp = EncapsulationTable.fixUp(record);
        boolean isInUdp = fixUp == FixUp.ESP_UDP_OVER_IPV4 || fixUp == FixUp.ESP_UDP_OVER_IPV6;
        int protocol = isInUdp ? OuterUdp.PROTOCOL : EspHeader.PROTOCOL;
        int espBytes = bytes + EspHeader.bytesBehind(bytes);
        boolean isIpv4 = TunnelChain.isOverIpv4(record);
        if (isIpv4) {
            overIpv4(record, header, packet, espBytes, protocol);
        } else {
            overIpv6(record, header, packet, espBytes, protocol, flowHash(record, packet, bytes));
        }
        if (isInUdp) {
            OuterUdp.setLength(packet - ESP_UDP_BYTES, ESP_UDP_BYTES + espBytes);
        }
        seal(association, packet, bytes);
        if (isInUdp && !isIpv4) {
            OuterUdp.setChecksumV6(header, packet - ESP_UDP_BYTES, ESP_UDP_BYTES + espBytes);
        }
    }

    /** After the outer header, which is made of what is readable until then. */
    private void seal(long association, long packet, int bytes) {
        esp.seal(association, packet - EspHeader.BYTES, bytes, IpIpHeader.protocolOf(packet));
    }

    /** No packet is dropped from here on, so a number that is taken is sent. */
    private void fixUpGre(long record, long gre, long packet, int bytes) {
        GreHeader.fixUp(gre, packet, bytes, EncapsulationTable.greSequence(record, gre, isLive));
    }

    /** The source port is the flow inside (RFC 7510 §3). */
    private void overUdp(long record, long header, long packet, int bytes) {
        int added = OuterUdp.BYTES + LabelEntry.BYTES;
        int hash = flowHash(record, packet, bytes);
        if (TunnelChain.isOverIpv4(record)) {
            overIpv4(record, header, packet, bytes, OuterUdp.PROTOCOL);
        } else {
            overIpv6(record, header, packet, bytes, OuterUdp.PROTOCOL, hash);
        }
        OuterUdp.fixUp(packet - added, bytes + added, hash);
    }

    private void fixUpVns(long record, long header, long packet, int bytes) {
        VnsHeader.fixUp(header, VnsHeader.hasFlow(header) ? flowHash(record, packet, bytes) : 0);
    }

    /** Of the flow within the tunnel: what the flow label or flow identifier around it is made of. */
    private int flowHash(long record, long packet, int bytes) {
        return groups.flowHash(EncapsulationTable.interfaceId(record), packet, bytes);
    }
}

package io.vireo.dataplane.encapsulation;

import io.vireo.dataplane.encapsulation.esp.EspHeader;
import io.vireo.dataplane.encapsulation.esp.SecurityAssociationTable;
import io.vireo.dataplane.encapsulation.gre.GreHeader;
import io.vireo.dataplane.encapsulation.ipip.IpIpHeader;
import io.vireo.dataplane.encapsulation.mpls.LabelEntry;
import io.vireo.dataplane.encapsulation.outer.OuterFragments;
import io.vireo.dataplane.encapsulation.outer.OuterUdp;
import io.vireo.dataplane.encapsulation.vxlan.VxlanHeader;
import io.vireo.dataplane.path.Ipv4;
import io.vireo.dataplane.path.Ipv6;
import io.vireo.dataplane.path.VpnIdOption;
import io.vireo.dataplane.wire.code.Encapsulation;
import io.vireo.dpdk.Memory;

/**
 * What others say of outer packets that were sent here, of which they quote the beginning. Single user: its worker.
 *
 * <p>Whose tunnel a packet is, its far end says, and the key where its kind has keys: the ends of tunnels are found as for what is
 * received, with the addresses exchanged. An encrypted one says the SPI by which its tunnel sends, which nobody guesses who has
 * not seen one (RFC 4301 §8.2.1), and one behind a label the label that its tunnel sends. What is quoted in less is nobody's, and so
 * is what has options but for a VPN-ID.
 */
public final class SentPackets {
    private static final int VNS = Encapsulation.VNS.code() | TunnelEnds.KEYED;
    private static final int VNS_PAIR = Encapsulation.VNS.code();
    private static final int ESP = Encapsulation.ESP.code();
    private static final int VXLAN = Encapsulation.VXLAN.code();
    private static final int MPLS_GRE = Encapsulation.MPLS_GRE.code() | TunnelEnds.KEYED;
    private static final int MPLS_UDP = Encapsulation.MPLS_UDP.code();
    private static final int KEYLESS = 0;
    private static final int NONE = EncapsulationTable.NONE;
    private static final long LOW_32 = 0xffff_ffffL;

    /** What is quoted at least: the header, and eight bytes (RFC 792). */
    private static final int MIN_QUOTED = 8;

    /** Below these a path MTU is not believed: nobody need be content with less (RFC 791 §3.2, RFC 8200 §5). */
    private static final int MIN_MTU = 576;

    private static final int MIN_MTU_V6 = 1280;

    private final TunnelEnds ends;
    private final TunnelEnds pairs;
    private final UdpPorts udpPorts;
    private final TunnelEnds sentLabels;
    private final EncapsulationTable encapsulations;
    private final SecurityAssociationTable associations;

    /**
     * @param pairs as {@link Decapsulator} has them: between the ends of a VNS tunnel, marked IP in IP is VNS, whatever its VPN-ID.
     * @param udpPorts at which far ends take packets.
     * @param sentLabels the ends of MPLS tunnels once more, by the label that they send.
     * @param associations by which ESP tunnels send.
     */
    public SentPackets(
            TunnelEnds ends,
            TunnelEnds pairs,
            UdpPorts udpPorts,
            TunnelEnds sentLabels,
            EncapsulationTable encapsulations,
            SecurityAssociationTable associations) {
        this.ends = ends;
        this.pairs = pairs;
        this.udpPorts = udpPorts;
        this.sentLabels = sentLabels;
        this.encapsulations = encapsulations;
        this.associations = associations;
    }

    /**
     * Whether what is quoted is an IPv4 packet of a tunnel within a router.
     *
     * @param bytes that are quoted.
     */
    public boolean isSentIpv4(int router, long quoted, int bytes) {
        return tunnelOfIpv4(router, quoted, bytes) != NONE;
    }

    /** As {@link #isSentIpv4}, of IPv6. */
    public boolean isSentIpv6(int router, long quoted, int bytes) {
        return tunnelOfIpv6(router, quoted, bytes) != NONE;
    }

    /**
     * Has the tunnel of an IPv4 packet that {@linkplain #isSentIpv4 was sent} send none as long as that from now on. A packet that was
     * no longer than the MTU, or might have been fragmented, cannot have been the reason (RFC 1191 §8).
     */
    public void lowerPathMtuIpv4(int router, long quoted, int bytes, int mtu, long nowNs) {
        boolean isMeant =
                (Memory.getUnsignedShortBigEndian(quoted + Ipv4.FRAGMENT) & Ipv4.DONT_FRAGMENT) != 0 && mtu != 0;
        if (isMeant && Ipv4.totalLength(quoted) > mtu) {
            lower(tunnelOfIpv4(router, quoted, bytes), Math.max(mtu, MIN_MTU), nowNs);
        }
    }

    /** As {@link #lowerPathMtuIpv4}, of IPv6 (RFC 8201 §4). */
    public void lowerPathMtuIpv6(int router, long quoted, int bytes, int mtu, long nowNs) {
        int length = Memory.getUnsignedShortBigEndian(quoted + Ipv6.PAYLOAD_LENGTH) + Ipv6.HEADER_BYTES;
        if (length > mtu) {
            lower(tunnelOfIpv6(router, quoted, bytes), Math.max(mtu, MIN_MTU_V6), nowNs);
        }
    }

    private void lower(int tunnel, int mtu, long nowNs) {
        EncapsulationTable.lowerPathMtu(encapsulations.record(tunnel), mtu, nowNs);
    }

    private int tunnelOfIpv4(int router, long quoted, int bytes) {
        if (bytes < Ipv4.MIN_HEADER_BYTES || !Ipv4.isVersion4(quoted) || isLaterFragment(quoted)) {
            return NONE;
        }
        int headerBytes = Ipv4.headerBytes(quoted);
        int payloadBytes = bytes - headerBytes;
        if (headerBytes < Ipv4.MIN_HEADER_BYTES || payloadBytes < MIN_QUOTED) {
            return NONE;
        }
        int protocol = Memory.getUnsignedByte(quoted + Ipv4.PROTOCOL);
        long remote = Memory.getIntBigEndian(quoted + Ipv4.DESTINATION) & LOW_32;
        long local = Memory.getIntBigEndian(quoted + Ipv4.SOURCE) & LOW_32;
        boolean hasOptions = headerBytes > Ipv4.MIN_HEADER_BYTES;
        int found = hasOptions ? VpnIdOption.find(quoted, headerBytes) : VpnIdOption.NONE;
        if (hasOptions && !VpnIdOption.isAlone(found)) {
            return NONE;
        }
        if (hasOptions && IpIpHeader.isProtocol(protocol)) {
            int vns = find(ends, router, VNS, 0, remote, 0, local, VpnIdOption.vpnId(VpnIdOption.at(quoted, found)));
            boolean isPair = pairs.find(router, VNS_PAIR, 0, remote, 0, local, KEYLESS) != TunnelEnds.NONE;
            if (isPair || vns != NONE) {
                return vns;
            }
        }
        // One that is no VNS tunnel's was marked where it left.
        return tunnel(router, protocol, quoted + headerBytes, payloadBytes, 0, remote, 0, local);
    }

    /** Whether it does not begin with the header of its tunnel's kind. */
    private static boolean isLaterFragment(long quoted) {
        return (Memory.getUnsignedShortBigEndian(quoted + Ipv4.FRAGMENT) & Ipv4.OFFSET_MASK) != 0;
    }

    private int tunnelOfIpv6(int router, long quoted, int bytes) {
        int before = OuterFragments.firstFragmentBytes(quoted, bytes);
        int payloadBytes = bytes - Ipv6.HEADER_BYTES - before;
        if (payloadBytes < MIN_QUOTED || !Ipv6.isVersion6(quoted)) {
            return NONE;
        }
        return tunnel(
                router,
                Memory.getUnsignedByte(quoted + (before == 0 ? Ipv6.NEXT_HEADER : Ipv6.HEADER_BYTES)),
                quoted + Ipv6.HEADER_BYTES + before,
                payloadBytes,
                Memory.getLongBigEndian(quoted + Ipv6.DESTINATION),
                Memory.getLongBigEndian(quoted + Ipv6.DESTINATION + Long.BYTES),
                Memory.getLongBigEndian(quoted + Ipv6.SOURCE),
                Memory.getLongBigEndian(quoted + Ipv6.SOURCE + Long.BYTES));
    }

    private int tunnel(
            int router,
            int protocol,
            long payload,
            int bytes,
            long remoteHigh,
            long remoteLow,
            long localHigh,
            long localLow) {
        int kind = Encapsulation.IPIP.code();
        int key = KEYLESS;
        if (protocol == GreHeader.PROTOCOL) {
            int flags = GreHeader.flags(payload);
            if (!GreHeader.isVersion0(flags) || bytes < GreHeader.bytes(flags)) {
                return NONE;
            }
            if (GreHeader.isMpls(payload) && GreHeader.isPlain(flags)) { // what is quoted has room for the label
                int label = LabelEntry.label(LabelEntry.at(payload + GreHeader.MIN_BYTES));
                return find(sentLabels, router, MPLS_GRE, remoteHigh, remoteLow, localHigh, localLow, label);
            }
            kind = Encapsulation.GRE.code() | (GreHeader.hasKey(flags) ? TunnelEnds.KEYED : 0);
            key = GreHeader.key(payload, flags);
        } else if (protocol == EspHeader.PROTOCOL) {
            int tunnel = find(ends, router, ESP, remoteHigh, remoteLow, localHigh, localLow, KEYLESS);
            return tunnel != NONE && isSentBy(tunnel, EspHeader.spi(payload)) ? tunnel : NONE;
        } else if (protocol == OuterUdp.PROTOCOL) {
            int port = OuterUdp.destinationPort(payload);
            int kinds = udpPorts.kinds(port);
            int tunnel = ofUdp(router, kinds, port, payload, bytes, remoteHigh, remoteLow, localHigh, localLow);
            if (tunnel != NONE) {
                return tunnel;
            }
            if (bytes < OuterUdp.BYTES + VxlanHeader.BYTES || !UdpPorts.has(kinds, VXLAN)) {
                return NONE;
            }
            kind = TunnelEnds.ofUdp(VXLAN, port) | TunnelEnds.KEYED;
            key = VxlanHeader.vni(payload + OuterUdp.BYTES);
        } else if (!IpIpHeader.isProtocol(protocol)) {
            return NONE;
        }
        return find(ends, router, kind, remoteHigh, remoteLow, localHigh, localLow, key);
    }

    /** Of what is within UDP and says by an SPI, or by a label, whose it is. */
    private int ofUdp(
            int router,
            int kinds,
            int port,
            long udp,
            int bytes,
            long remoteHigh,
            long remoteLow,
            long localHigh,
            long localLow) {
        long inside = udp + OuterUdp.BYTES;
        if (bytes < OuterUdp.BYTES + Integer.BYTES) {
            return NONE;
        }
        if (UdpPorts.has(kinds, ESP)) {
            int kind = TunnelEnds.ofUdp(ESP, port);
            int tunnel = find(ends, router, kind, remoteHigh, remoteLow, localHigh, localLow, KEYLESS);
            if (tunnel != NONE && isSentBy(tunnel, EspHeader.spi(inside))) {
                return tunnel;
            }
        }
        if (UdpPorts.has(kinds, MPLS_UDP)) {
            int kind = TunnelEnds.ofUdp(MPLS_UDP, port) | TunnelEnds.KEYED;
            int label = LabelEntry.label(LabelEntry.at(inside));
            return find(sentLabels, router, kind, remoteHigh, remoteLow, localHigh, localLow, label);
        }
        return NONE;
    }

    /** The index of a tunnel, which is the same in each table, or none. */
    private static int find(
            TunnelEnds table,
            int router,
            int kind,
            long remoteHigh,
            long remoteLow,
            long localHigh,
            long localLow,
            int key) {
        long end = table.lookup(router, kind, remoteHigh, remoteLow, localHigh, localLow, key);
        return end == TunnelEnds.NO_RECORD ? NONE : table.indexOf(end);
    }

    /** Whether a tunnel sends by an SPI; what it has sent by another before, it will hear of again. */
    private boolean isSentBy(int tunnel, int spi) {
        int association = EncapsulationTable.association(encapsulations.record(tunnel));
        return association != SecurityAssociationTable.NONE
                && SecurityAssociationTable.spi(associations.record(association)) == spi;
    }
}

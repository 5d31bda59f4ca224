package io.vireo.dataplane.encapsulation;

import io.vireo.dataplane.TestFrames;
import io.vireo.dataplane.TestInterfaces;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.Encapsulation;
import io.vireo.dataplane.wire.code.EspAlgorithm;
import io.vireo.dataplane.wire.code.GreOptions;
import io.vireo.dataplane.wire.code.VnsOption;
import io.vireo.dataplane.wire.value.InterfaceSpec;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A kind of tunnel with its options, and what it puts between the outer header and the packet inside. */
record TunnelKind(Encapsulation encapsulation, int options, int key) {
    private static final int ESP_EXTENDED = 1;
    private static final int ESP_IN_UDP = 2;

    static final TunnelKind IPIP = new TunnelKind(Encapsulation.IPIP, GreOptions.NONE, 0);
    static final TunnelKind GRE = new TunnelKind(Encapsulation.GRE, GreOptions.NONE, 0);
    static final TunnelKind GRE_WITH_ALL =
            new TunnelKind(Encapsulation.GRE, GreOptions.KEY | GreOptions.CHECKSUM | GreOptions.SEQUENCE, 0x87654321);

    static final TunnelKind VNS = new TunnelKind(Encapsulation.VNS, VnsOption.STREAM_ID, 0xfedc);
    static final TunnelKind VNS_WITH_FLOW =
            new TunnelKind(Encapsulation.VNS, VnsOption.EXPERIMENTAL_WITH_FLOW, 0xfedcba98);

    static final TunnelKind VXLAN = new TunnelKind(Encapsulation.VXLAN, VxlanPacket.PORT, 0xfedcba);
    static final TunnelKind GRE_ETHERNET = new TunnelKind(Encapsulation.GRE, GreOptions.ETHERNET, 0);
    static final TunnelKind GRE_ETHERNET_WITH_ALL =
            new TunnelKind(Encapsulation.GRE, GRE_WITH_ALL.options | GreOptions.ETHERNET, 0x87654321);
    /** Both ends have the same label; where they differ is {@link MplsTest}'s business. */
    static final TunnelKind MPLS = new TunnelKind(Encapsulation.MPLS_GRE, 0xabcde, 0xabcde);

    static final TunnelKind MPLS_ON_LINK = new TunnelKind(Encapsulation.MPLS, 16, 0xfffff);

    /** Every kind with every set of options. */
    static Stream<TunnelKind> all() {
        return Stream.concat(
                Stream.of(
                        IPIP,
                        VNS,
                        new TunnelKind(Encapsulation.VNS, VnsOption.EXPERIMENTAL, 0x1234567),
                        VNS_WITH_FLOW,
                        VXLAN,
                        GRE_ETHERNET_WITH_ALL,
                        new TunnelKind(Encapsulation.MPLS_GRE, 16, 0xfffff),
                        MPLS_ON_LINK),
                IntStream.range(0, 8)
                        .mapToObj(options ->
                                new TunnelKind(Encapsulation.GRE, options, (options & GreOptions.KEY) * 0x1234567)));
    }

    static TunnelKind keyed(int key) {
        return new TunnelKind(Encapsulation.GRE, GreOptions.KEY, key);
    }

    /** Its packets are built by {@link EspPeer}: what is behind them is as much its own as what is before them. */
    static TunnelKind esp(EspAlgorithm algorithm, boolean isExtended) {
        return new TunnelKind(Encapsulation.ESP, algorithm.code(), isExtended ? ESP_EXTENDED : 0);
    }

    /** The same within UDP. */
    TunnelKind inUdp() {
        return new TunnelKind(encapsulation, options, key | ESP_IN_UDP);
    }

    boolean isEspInUdp() {
        return encapsulation == Encapsulation.ESP && (key & ESP_IN_UDP) != 0;
    }

    static TunnelKind numbered() {
        return new TunnelKind(Encapsulation.GRE, GreOptions.SEQUENCE, 0);
    }

    /** The tunnel of this kind between the same addresses. */
    InterfaceSpec of(InterfaceSpec tunnel) {
        return switch (encapsulation) {
            case NONE, IPIP -> tunnel;
            case GRE -> withMac(TestInterfaces.gre(tunnel, options, key));
            case ESP ->
                TestInterfaces.esp(
                        tunnel,
                        List.of(EspAlgorithm.values()).get(options),
                        EspPeer.WINDOW,
                        (key & ESP_EXTENDED) != 0,
                        isEspInUdp() ? EspPeer.UDP_PORT : 0);
            case VNS -> TestInterfaces.vns(tunnel, options, key);
            case VXLAN -> withMac(TestInterfaces.vxlan(tunnel, options, key));
            case MPLS_GRE -> TestInterfaces.mplsInGre(tunnel, options, key);
            case MPLS -> TestInterfaces.mpls(tunnel, options, key);
            case MPLS_UDP -> TestInterfaces.mplsInUdp(tunnel, options, key);
        };
    }

    private InterfaceSpec withMac(InterfaceSpec tunnel) {
        return isEthernet() ? tunnel.mac(TunnelRig.TUNNEL_MAC) : tunnel;
    }

    /** Whether frames are inside, so that the tunnel has neighbours. */
    boolean isEthernet() {
        return encapsulation == Encapsulation.VXLAN || (encapsulation == Encapsulation.GRE && has(GreOptions.ETHERNET));
    }

    /** Whether there are tunnels of this kind within packets of a family. */
    boolean isWithin(AddressFamily outer) {
        return encapsulation != Encapsulation.VNS || outer == AddressFamily.IPV4;
    }

    /** An outer IPv4 packet with the options that those of this kind have; a flow identifier is 0. */
    byte[] withOptions(byte[] packet) {
        return encapsulation == Encapsulation.VNS
                ? VnsPacket.withOptions(packet, VnsPacket.options(options, key, 0))
                : packet;
    }

    /** An outer IPv4 packet of this kind with another hop limit. */
    byte[] withHopLimit(byte[] packet, int hopLimit) {
        byte[] changed = TestFrames.with(packet, 8, hopLimit);
        if (encapsulation == Encapsulation.MPLS_GRE) {
            changed[MplsPacket.TTL_IN_GRE] = (byte) hopLimit;
        }
        TestFrames.fixChecksum(changed);
        return changed;
    }

    /** An outer packet of this kind whose label, if it has one, has the class and TTL of the outer header. */
    byte[] withLabelOfOuter(byte[] packet) {
        if (encapsulation != Encapsulation.MPLS_GRE) {
            return packet;
        }
        boolean isIpv4 = packet[0] >> 4 == 4;
        byte[] changed = packet.clone();
        int ttl = isIpv4 ? MplsPacket.TTL_IN_GRE : MplsPacket.TTL_IN_GRE + 20;
        changed[ttl - 1] = (byte) ((changed[ttl - 1] & 0xf1) | (OuterPacket.trafficClass(packet) >> 5 << 1));
        changed[ttl] = packet[isIpv4 ? 8 : 7];
        return changed;
    }

    int protocol(byte[] inner) {
        return switch (encapsulation) {
            case GRE, MPLS_GRE -> GrePacket.PROTOCOL;
            case VXLAN -> VxlanPacket.PROTOCOL;
            default -> OuterPacket.protocolOf(inner);
        };
    }

    /** Before what comes from the far end. */
    byte[] header(byte[] inner, int sequence) {
        return header(inner, sequence, false);
    }

    /** All that stands between the outer IP header and the packet inside: of a frame, its header too. */
    byte[] header(byte[] inner, int sequence, boolean isSentHere) {
        byte[] ethernet = isEthernet() ? VxlanPacket.ethernet(inner, isSentHere) : new byte[0];
        byte[] own = switch (encapsulation) {
            case MPLS_GRE -> MplsPacket.gre(MplsPacket.entry(key, OuterPacket.trafficClass(inner) >> 5, true, 64));
            case GRE ->
                GrePacket.header(
                        isEthernet() ? GrePacket.ETHERNET : TunnelRig.type(inner),
                        has(GreOptions.KEY) ? key : null,
                        has(GreOptions.CHECKSUM),
                        has(GreOptions.SEQUENCE) ? sequence : null,
                        GrePacket.with(ethernet, inner));
            case VXLAN -> VxlanPacket.header(key, ethernet.length + inner.length);
            default -> new byte[0];
        };
        return GrePacket.with(own, ethernet);
    }

    private boolean has(int option) {
        return (options & option) != 0;
    }
}

package io.vireo.dataplane.encapsulation;

import io.vireo.dataplane.TestFrames;
import io.vireo.dataplane.encapsulation.substrate.SubstrateFrame;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.Encapsulation;
import io.vireo.dataplane.wire.code.EspAlgorithm;
import io.vireo.dataplane.wire.code.GreOptions;
import io.vireo.dataplane.wire.code.VnsOption;
import java.nio.ByteBuffer;

/**
 * A way to wrap packets, with two VPNs that have it over each family: what their far ends send. Both have the same addresses inside; of
 * which VPN a packet is, its key says, or the far end's address, which ends in 2 for the one and in 3 for the other.
 */
enum HostileKind {
    IPIP,
    FRAGMENTS,
    STRONG_END_SYSTEM,
    GRE,
    GRE_ETHERNET,
    VNS,
    ESP,
    ESP_IN_UDP,
    VXLAN,
    MPLS_IN_GRE,
    MPLS_IN_UDP,
    MPLS_ON_LINK,
    LABEL_TABLE,
    SUBSTRATE,
    VPN_ID;

    static final int VPNS = 2;
    static final int NOBODY = -1;
    static final int MPLS_PORT = 6635;
    static final int MPLS_TYPE = 0x8847;
    static final int SUBSTRATE_VLAN = 30;
    static final long SUBSTRATE_MAC = 0x02000000cc00L;
    static final long SUBSTRATE_PEER = 0x02000000cc01L;

    /** In the label table: taken off, with whatever is beneath looked at again. */
    static final int TRANSIT_LABEL = 0x200;

    /** In the label table: another takes its place, and it goes on. */
    static final int SWAPPED_LABEL = 0x201;

    private static final int FIRST_KEY = 0x100;
    private static final int UDP = 17;
    private static final int HOPS = 64;

    /** Of a VPN's tunnel over a family: no two are alike. */
    static int key(int vpn, AddressFamily outer) {
        return FIRST_KEY + vpn * 2 + (outer == AddressFamily.IPV6 ? 1 : 0);
    }

    /** The VPN that has a key, or {@link #NOBODY}. */
    static int vpnOfKey(int key) {
        return key >= FIRST_KEY && key < FIRST_KEY + 2 * VPNS ? (key - FIRST_KEY) / 2 : NOBODY;
    }

    /** The last octet of the far end's address. */
    static int remote(int vpn) {
        return 2 + vpn;
    }

    boolean isEsp() {
        return this == ESP || this == ESP_IN_UDP;
    }

    boolean isWithin(AddressFamily outer) {
        return outer == AddressFamily.IPV4 || (this != VNS && this != VPN_ID);
    }

    TunnelKind tunnel(int vpn, AddressFamily outer) {
        int key = key(vpn, outer);
        return switch (this) {
            case GRE -> TunnelKind.keyed(key);
            case GRE_ETHERNET -> new TunnelKind(Encapsulation.GRE, GreOptions.KEY | GreOptions.ETHERNET, key);
            case VNS -> new TunnelKind(Encapsulation.VNS, VnsOption.STREAM_ID, key);
            case ESP -> TunnelKind.esp(algorithm(vpn), false);
            case ESP_IN_UDP -> TunnelKind.esp(algorithm(vpn), false).inUdp();
            case VXLAN -> new TunnelKind(Encapsulation.VXLAN, VxlanPacket.PORT, key);
            case MPLS_IN_GRE -> new TunnelKind(Encapsulation.MPLS_GRE, key, key);
            case MPLS_IN_UDP -> new TunnelKind(Encapsulation.MPLS_UDP, key, key);
            case MPLS_ON_LINK -> new TunnelKind(Encapsulation.MPLS, key, key);
            default -> TunnelKind.IPIP;
        };
    }

    private static EspAlgorithm algorithm(int vpn) {
        return vpn == 0 ? EspAlgorithm.AES_GCM_128 : EspAlgorithm.CHACHA20_POLY1305;
    }

    static EspPeer peer(int vpn, AddressFamily outer) {
        return EspPeer.random(algorithm(vpn), false, key(vpn, outer));
    }

    /** A frame from the far end; the number is a sequence number where there are such. */
    byte[] frame(int vpn, AddressFamily outer, byte[] inner, long number) {
        int key = key(vpn, outer);
        TunnelKind tunnel = tunnel(vpn, outer);
        return switch (this) {
            case ESP -> delivered(EspPeer.PROTOCOL, peer(vpn, outer).seal(inner, number), vpn, outer);
            case ESP_IN_UDP -> delivered(UDP, EspPeer.inUdp(peer(vpn, outer).seal(inner, number)), vpn, outer);
            case MPLS_IN_UDP -> delivered(UDP, inUdp(GrePacket.with(label(key, true), inner)), vpn, outer);
            case MPLS_ON_LINK -> labelled(GrePacket.with(label(key, true), inner));
            case LABEL_TABLE -> labelled(GrePacket.with(stack(key, (int) (number & 3)), inner));
            case SUBSTRATE ->
                SubstrateFrame.of(SUBSTRATE_MAC, SUBSTRATE_PEER, SUBSTRATE_VLAN, key, inner)
                        .bytes();
            case VPN_ID -> {
                byte[] marked = VnsPacket.withOptions(inner, VnsPacket.options(VnsOption.STREAM_ID, key, 0));
                yield TestFrames.tagged(SUBSTRATE_MAC + vpn, TunnelRig.GATEWAY, SUBSTRATE_VLAN, 0x0800, marked);
            }
            case VNS ->
                TunnelRig.fromGateway(VnsPacket.withOptions(
                        packet(OuterPacket.protocolOf(inner), new byte[0], inner, vpn, outer),
                        VnsPacket.options(VnsOption.STREAM_ID, key, 0)));
            default ->
                TunnelRig.fromGateway(
                        packet(tunnel.protocol(inner), tunnel.header(inner, (int) number, false), inner, vpn, outer));
        };
    }

    private static byte[] label(int label, boolean isBottom) {
        return MplsPacket.entry(label, 0, isBottom, HOPS);
    }

    private static byte[] stack(int label, int shape) {
        return switch (shape) {
            case 1 -> LabelRig.join(label(TRANSIT_LABEL, false), label(label, true));
            case 2 -> LabelRig.join(label(0, false), label(TRANSIT_LABEL, false), label(label, true));
            case 3 -> LabelRig.join(label(label, false), label(7, false), label(0x7777, true));
            default -> label(label, true);
        };
    }

    private static byte[] labelled(byte[] content) {
        return TestFrames.tagged(TunnelRig.MAC_U, TunnelRig.GATEWAY, 20, MPLS_TYPE, content);
    }

    private static byte[] inUdp(byte[] payload) {
        return ByteBuffer.allocate(8 + payload.length)
                .putShort((short) 50_000)
                .putShort((short) MPLS_PORT)
                .putShort((short) (8 + payload.length))
                .putShort((short) 0)
                .put(payload)
                .array();
    }

    private static byte[] delivered(int protocol, byte[] payload, int vpn, AddressFamily outer) {
        byte[] packet = packet(protocol, payload, new byte[0], vpn, outer);
        return TunnelRig.fromGateway(
                protocol == UDP && outer == AddressFamily.IPV6 ? OuterPacket.withUdpChecksum(packet) : packet);
    }

    private static byte[] packet(int protocol, byte[] header, byte[] inner, int vpn, AddressFamily outer) {
        return outer == AddressFamily.IPV4
                ? OuterPacket.ipv4(
                        protocol,
                        header,
                        inner,
                        (TunnelRig.LOCAL4 & 0xffffff00) | remote(vpn),
                        TunnelRig.LOCAL4,
                        HOPS,
                        1)
                : OuterPacket.ipv6(
                        protocol, header, inner, TunnelRig.UNDERLAY6, remote(vpn), TunnelRig.UNDERLAY6, 1, HOPS);
    }
}

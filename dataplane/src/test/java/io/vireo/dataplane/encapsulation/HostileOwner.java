package io.vireo.dataplane.encapsulation;

import static io.vireo.dataplane.encapsulation.HostileKind.NOBODY;

import io.vireo.dataplane.encapsulation.substrate.SubstrateFrame;

/**
 * Of which VPN a frame may be, as a slow reader of its bytes finds: whatever else is wrong with it, it may be of no other. What is behind
 * its end reads as 0, which is nobody's.
 */
final class HostileOwner {
    private static final int GRE_CHECKSUM = 0x80;
    private static final int GRE_KEY = 0x20;
    private static final int GRE_FIELDS = 0xb0;
    private static final int FRAGMENT_HEADER = 44;

    private final HostileKind kind;
    private byte[] frame = {};
    private int length;

    HostileOwner(HostileKind kind) {
        this.kind = kind;
    }

    /** A VPN, or {@link HostileKind#NOBODY}. */
    int of(byte[] bytes, int lengthBytes) {
        frame = bytes;
        length = lengthBytes;
        boolean isTagged = type(12) == 0x8100;
        int type = type(isTagged ? 16 : 12);
        int at = isTagged ? 18 : 14;
        int vlan = isTagged ? type(14) & 0xfff : 0;
        return switch (kind) {
            case SUBSTRATE -> type == SubstrateFrame.ETHER_TYPE ? HostileKind.vpnOfKey(word(at) & 0xff_ffff) : NOBODY;
            case VPN_ID -> vlan == HostileKind.SUBSTRATE_VLAN ? marked(at, type) : NOBODY;
            case MPLS_ON_LINK, LABEL_TABLE -> type == HostileKind.MPLS_TYPE ? labels(at) : NOBODY;
            case STRONG_END_SYSTEM -> vlan == HostileRig.VLAN ? packet(at, type) : NOBODY;
            default -> vlan == HostileRig.VLAN || vlan == HostileRig.OTHER_VLAN ? packet(at, type) : NOBODY;
        };
    }

    /** Whether the tagged frame is, or may be behind other headers, a fragment. */
    static boolean isFragment(byte[] frame) {
        boolean isIpv4 = frame[16] == 0x08 && frame[17] == 0;
        int next = frame[24] & 0xff;
        return isIpv4
                ? (frame[24] & 0x3f) != 0 || frame[25] != 0
                : next == FRAGMENT_HEADER || next == 0 || next == 43 || next == 60;
    }

    private int octet(int at) {
        return at < length ? frame[at] & 0xff : 0;
    }

    private int type(int at) {
        return octet(at) << 8 | octet(at + 1);
    }

    private int word(int at) {
        return type(at) << 16 | type(at + 2);
    }

    private int packet(int at, int type) {
        if (type == 0x0800) {
            boolean isOurs = word(at + 16) == TunnelRig.LOCAL4
                    && (word(at + 12) & 0xffffff00) == (TunnelRig.LOCAL4 & 0xffffff00);
            if (!isOurs) {
                return NOBODY;
            }
            int payload = at + (octet(at) & 0xf) * 4;
            return kind == HostileKind.VNS ? option(at) : payload(payload, octet(at + 9), octet(at + 15));
        }
        boolean isOurs = type == 0x86dd && isOfUnderlay(at + 8) && isOfUnderlay(at + 24) && octet(at + 39) == 1;
        return isOurs ? payload(at + 40, octet(at + 6), octet(at + 23)) : NOBODY;
    }

    /** ARP has no options: it is of the station that it was sent to. */
    private int marked(int at, int type) {
        return switch (type) {
            case 0x0800 -> option(at);
            case 0x0806 -> octet(5) < HostileKind.VPNS ? octet(5) : NOBODY;
            default -> NOBODY;
        };
    }

    private boolean isOfUnderlay(int at) {
        return word(at) == (int) (TunnelRig.UNDERLAY6 >>> 32) && word(at + 4) == (int) TunnelRig.UNDERLAY6;
    }

    private int payload(int at, int protocol, int remote) {
        boolean isGre = protocol == GrePacket.PROTOCOL;
        boolean isUdp = protocol == VxlanPacket.PROTOCOL;
        int port = type(at + 2);
        return switch (kind) {
            case IPIP, STRONG_END_SYSTEM, FRAGMENTS ->
                (protocol == 4 || protocol == 41 || protocol == FRAGMENT_HEADER)
                                && remote >= 2
                                && remote < 2 + HostileKind.VPNS
                        ? remote - 2
                        : NOBODY;
            case GRE, GRE_ETHERNET -> isGre && (octet(at) & GRE_KEY) != 0 ? greKey(at) : NOBODY;
            case MPLS_IN_GRE -> isGre ? labels(at + 4 + 4 * Integer.bitCount(octet(at) & GRE_FIELDS)) : NOBODY;
            case VXLAN -> isUdp && port == VxlanPacket.PORT ? HostileKind.vpnOfKey(word(at + 12) >>> 8) : NOBODY;
            case MPLS_IN_UDP -> isUdp && port == HostileKind.MPLS_PORT ? labels(at + 8) : NOBODY;
            case ESP -> protocol == EspPeer.PROTOCOL ? HostileKind.vpnOfKey(word(at)) : NOBODY;
            case ESP_IN_UDP -> isUdp && port == EspPeer.UDP_PORT ? HostileKind.vpnOfKey(word(at + 8)) : NOBODY;
            default -> throw new AssertionError(kind);
        };
    }

    private int greKey(int at) {
        return HostileKind.vpnOfKey(word(at + ((octet(at) & GRE_CHECKSUM) != 0 ? 8 : 4)));
    }

    /** The first label that is a VPN's, of those that one may look beneath: explicit null, entropy, and the table's. */
    private int labels(int first) {
        for (int at = first; at < length; at += 4) {
            int label = word(at) >>> 12;
            int vpn = HostileKind.vpnOfKey(label);
            if (vpn != NOBODY) {
                return vpn;
            }
            if (label == 7) {
                at += 4;
            } else if (label != 0 && label != 2 && label != HostileKind.TRANSIT_LABEL) {
                return NOBODY;
            }
        }
        return NOBODY;
    }

    /** Of the one VPN-ID among the options, whose padding is none. */
    private int option(int packetAt) {
        int end = packetAt + (octet(packetAt) & 0xf) * 4;
        int vpn = NOBODY;
        int ids = 0;
        for (int at = packetAt + 20; at < end && octet(at) != 0; ) {
            int type = octet(at);
            int bytes = type == 1 ? 1 : octet(at + 1);
            if (bytes == 0 || at + bytes > end) {
                return NOBODY;
            }
            if (type == VnsPacket.STREAM_ID && bytes == 4) {
                vpn = HostileKind.vpnOfKey(type(at + 2));
                ids++;
            } else if (type == VnsPacket.EXPERIMENTAL && (bytes == 6 || bytes == 8)) {
                vpn = HostileKind.vpnOfKey(word(at + 2));
                ids++;
            }
            at += bytes;
        }
        return ids == 1 ? vpn : NOBODY;
    }
}

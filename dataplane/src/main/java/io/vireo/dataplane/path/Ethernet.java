package io.vireo.dataplane.path;

import io.vireo.dpdk.Memory;

/** Offsets and values of an Ethernet II frame (IEEE 802.3 §3.2.6) and its VLAN tag (IEEE 802.1Q §9.6). */
public final class Ethernet {
    public static final int SOURCE = 6;
    public static final int TYPE = 12;
    public static final int HEADER_BYTES = 14;

    /** Tag control information, behind the tag's ethertype. */
    public static final int TAG = 14;

    public static final int TAGGED_TYPE = 16;
    public static final int TAG_BYTES = 4;
    public static final int TAGGED_HEADER_BYTES = HEADER_BYTES + TAG_BYTES;

    /** The VLAN id within the tag control information; 0 means priority only, so untagged. */
    public static final int VLAN_MASK = 0xfff;

    /** A type field up to here is a length: an LLC frame. */
    public static final int MAX_LENGTH_FIELD = 1500;

    /** The ethertype of a tag, in host order. */
    public static final int TYPE_VLAN = 0x8100;

    /** Ethertypes as a little-endian signed 16-bit load has them. */
    public static final int WIRE_IPV4 = 0x0008;

    public static final int WIRE_IPV6 = (short) 0xdd86;
    public static final int WIRE_ARP = 0x0608;
    public static final int WIRE_VLAN = 0x0081;

    /** A label stack (RFC 3032 §5, RFC 5332 §3: of labels that the receiver has assigned). */
    public static final int WIRE_MPLS = 0x4788;

    /** A service tag, IEEE 802.1ad. */
    private static final int WIRE_SERVICE_VLAN = (short) 0xa888;

    /** What stood for a service tag before IEEE 802.1ad, and still does in some networks. */
    private static final int WIRE_OLD_SERVICE_VLAN = 0x0091;

    /** A VLAN id that no interface has (IEEE 802.1Q §9.6: reserved). */
    public static final int NO_VLAN = 0xfff;

    /** The six octets of an address within a little-endian 8-byte load. */
    public static final long MAC_MASK = 0xffff_ffff_ffffL;

    /** The group bit within such a load: multicast or broadcast. */
    public static final long GROUP_BIT = 1;

    /** 01-80-C2-00-00-00 to -0F, in which the last half octet is free, within a little-endian 8-byte load. */
    private static final long RESERVED_GROUPS = 0x0000_00c2_8001L;

    private static final long RESERVED_GROUPS_MASK = 0xf0ff_ffff_ffffL;

    private static final int TYPE_SLOW_PROTOCOLS = 0x8809; // LACP and others, IEEE 802.3 annex 57A
    private static final int TYPE_EAPOL = 0x888e; // IEEE 802.1X §11.1.4
    private static final int TYPE_LLDP = 0x88cc; // IEEE 802.1AB §8.3
    private static final int TYPE_PTP = 0x88f7; // IEEE 1588 annex E
    private static final int TYPE_CFM = 0x8902; // IEEE 802.1Q §21.4
    private static final int TYPE_PPPOE_DISCOVERY = 0x8863; // RFC 2516 §4
    private static final int TYPE_PPPOE_SESSION = 0x8864;

    private Ethernet() {}

    /** Whether an ethertype, in host order, is that of a protocol which the stations of a link speak with each other. */
    public static boolean isLinkProtocol(int type) {
        return switch (type) {
            case TYPE_SLOW_PROTOCOLS,
                    TYPE_EAPOL,
                    TYPE_LLDP,
                    TYPE_PTP,
                    TYPE_CFM,
                    TYPE_PPPOE_DISCOVERY,
                    TYPE_PPPOE_SESSION -> true;
            default -> false;
        };
    }

    /** Whether a frame is for one of the groups that a bridge keeps to the link (IEEE 802.1Q table 8-1). */
    public static boolean isReservedGroup(long frame) {
        return (Memory.getLong(frame) & RESERVED_GROUPS_MASK) == RESERVED_GROUPS;
    }

    /** Whether an ethertype, as a little-endian signed 16-bit load has it, is that of a VLAN tag of any kind. */
    public static boolean isTag(int wireType) {
        return wireType == WIRE_VLAN || wireType == WIRE_SERVICE_VLAN || wireType == WIRE_OLD_SERVICE_VLAN;
    }
}

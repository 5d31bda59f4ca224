package io.vireo.dataplane.path;

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

    /** The six octets of an address within a little-endian 8-byte load. */
    public static final long MAC_MASK = 0xffff_ffff_ffffL;

    /** The group bit within such a load: multicast or broadcast. */
    public static final long GROUP_BIT = 1;

    private Ethernet() {}
}

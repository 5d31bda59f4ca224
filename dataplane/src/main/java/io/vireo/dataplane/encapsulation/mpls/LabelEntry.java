package io.vireo.dataplane.encapsulation.mpls;

import io.vireo.dataplane.path.Ipv4;
import io.vireo.dataplane.path.Ipv6;
import io.vireo.dataplane.wire.code.TunnelModes;
import io.vireo.dataplane.wire.value.NextHops;
import io.vireo.dpdk.Memory;

/**
 * An entry of a label stack (RFC 3032 §2.1, RFC 5462 §3), as one number.
 *
 * <pre>
 *  | label, 20 bits                        | class, 3 |S| TTL, 8         |   S: the last of the stack; a packet follows
 * </pre>
 */
public final class LabelEntry {
    public static final int BYTES = 4;

    /** The highest of the labels that IANA has (RFC 3032 §2.1, RFC 7274 §4). */
    public static final int MAX_RESERVED = 15;

    /** The router's control plane is to see the packet (RFC 3032 §2.1). */
    public static final int ROUTER_ALERT = 1;

    /** The label underneath is for who shares flows among paths, and nobody else (RFC 6790 §4.2). */
    public static final int ENTROPY_INDICATOR = 7;

    private static final int LABEL_SHIFT = 12;
    private static final int CLASS_SHIFT = 9;
    private static final int CLASS_MASK = 7;
    private static final int BOTTOM = 0x100;
    private static final int TTL_MASK = 0xff;

    /** From the eight bits of TOS or traffic class to the class selector in its highest three (RFC 2474 §4.2.2). */
    private static final int TOS_TO_CLASS_SHIFT = 5;

    private LabelEntry() {}

    /** A label where an entry has it, with all else 0. */
    public static int ofLabel(int label) {
        return label << LABEL_SHIFT;
    }

    /** An entry with the class and end of the stack of one, and another label and TTL. */
    public static int with(int entry, int ofLabel, int ttl) {
        return ofLabel | (entry & (CLASS_MASK << CLASS_SHIFT | BOTTOM)) | ttl;
    }

    /** An entry that is not the last of its stack. */
    public static int notBottom(int entry) {
        return entry & ~BOTTOM;
    }

    /** The entry at an address. */
    public static int at(long address) {
        return Memory.getIntBigEndian(address);
    }

    public static int label(int entry) {
        return entry >>> LABEL_SHIFT;
    }

    /** Whether a packet follows, and no other entry. */
    public static boolean isBottom(int entry) {
        return (entry & BOTTOM) != 0;
    }

    /** Whether what follows an entry is an IP packet, as far as its first byte says. */
    public static boolean isBeforeIp(int entry, long packet, int bytes) {
        return isBottom(entry) && bytes > 0 && (Ipv4.isVersion4(packet) || Ipv6.isVersion6(packet));
    }

    public static int ttl(int entry) {
        return entry & TTL_MASK;
    }

    /**
     * Writes the last entry of a stack. There are no more bits than for the class selector of a TOS or traffic class (RFC 3270 §3).
     *
     * @param tosAndTtl TOS or traffic class, and in the low eight bits the TTL.
     */
    public static void writeBottom(long address, int label, int tosAndTtl) {
        Memory.putIntBigEndian(address, bottom(ofLabel(label) | (tosAndTtl & TTL_MASK), tosAndTtl));
    }

    /** The last entry of a stack, of a label with its TTL, and with the class of the packet. */
    private static int bottom(int labelAndTtl, int tosAndTtl) {
        int trafficClass = (tosAndTtl >>> (Byte.SIZE + TOS_TO_CLASS_SHIFT)) & CLASS_MASK;
        return labelAndTtl | trafficClass << CLASS_SHIFT | BOTTOM;
    }

    /**
     * The last entry of a stack before a packet.
     *
     * @param labelAndTtl where an entry has them; TTL 0: the packet's.
     * @param tosAndTtl of the packet.
     */
    public static int before(int labelAndTtl, int tosAndTtl) {
        int entry = bottom(labelAndTtl, tosAndTtl);
        return ttl(labelAndTtl) == NextHops.UNIFORM_TTL ? entry | (tosAndTtl & TTL_MASK) : entry;
    }

    /**
     * Completes the last entry of a stack, whose label and TTL are there already, as the modes say, where there is no outer header.
     *
     * @param innerFields TOS or traffic class of the packet inside, and in the low eight bits its TTL.
     */
    public static void complete(long address, int innerFields, int modes) {
        boolean isFixed = (modes & TunnelModes.FIXED_DSCP) != 0;
        int tos = isFixed ? TunnelModes.dscp(modes) << 2 : innerFields >>> Byte.SIZE;
        int ttl = (modes & TunnelModes.UNIFORM_TTL) != 0 ? innerFields & TTL_MASK : ttl(at(address));
        complete(address, tos << Byte.SIZE | ttl);
    }

    /** Changes the TTL of an entry. */
    public static void setTtl(long address, int ttl) {
        Memory.putByte(address + BYTES - 1, (byte) ttl);
    }

    /**
     * The TOS or traffic class that a label stands for in place of an outer header's: the packet's own, unless a router on the way has
     * changed the class; there are no more bits than a class selector has, and none that mark congestion (RFC 5129 is not followed).
     *
     * @param innerTos of the packet inside.
     */
    public static int trafficClass(int entry, int innerTos) {
        int selector = (entry >>> CLASS_SHIFT) & CLASS_MASK;
        return selector == innerTos >>> TOS_TO_CLASS_SHIFT ? innerTos : selector << TOS_TO_CLASS_SHIFT;
    }

    /** Class and TTL of an entry where a packet's TOS or traffic class and TTL are, as {@link #before} takes them. */
    public static int fieldsOf(int entry) {
        int selector = (entry >>> CLASS_SHIFT) & CLASS_MASK;
        return selector << (Byte.SIZE + TOS_TO_CLASS_SHIFT) | ttl(entry);
    }

    /** Completes the last entry of a stack, whose label is there already: class and TTL as of {@link #writeBottom}. */
    public static void complete(long address, int tosAndTtl) {
        writeBottom(address, label(at(address)), tosAndTtl);
    }
}

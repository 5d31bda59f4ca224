package io.vireo.dataplane.encapsulation.outer;

import io.vireo.dataplane.path.Ipv4;
import io.vireo.dataplane.path.Ipv6;
import io.vireo.dataplane.wire.code.TunnelModes;
import io.vireo.dpdk.Memory;

/**
 * Which fields of the outer header and of the packet inside follow each other, where it is not as {@link TunnelModes#DEFAULT} says.
 *
 * <p>A kind of tunnel needs nothing for them: whatever it puts between the two headers, they are read before it and written after it.
 */
public final class OuterModes {
    private static final int TOS_SHIFT = 8;
    private static final int BYTE = 0xff;

    /** The two bits of TOS or traffic class that are no DSCP (RFC 3168 §5). */
    private static final int ECN = 3;

    private static final int DSCP = 0xfc;

    private OuterModes() {}

    /** What {@link #fixUp} must know of the packet inside: TOS or traffic class, and TTL or hop limit. */
    public static int fieldsOf(long inner) {
        return Ipv4.isVersion4(inner)
                ? Memory.getUnsignedByte(inner + Ipv4.TOS) << TOS_SHIFT | Memory.getUnsignedByte(inner + Ipv4.TTL)
                : Ipv6.trafficClass(inner) << TOS_SHIFT | Memory.getUnsignedByte(inner + Ipv6.HOP_LIMIT);
    }

    /**
     * Writes what the modes say over what a complete outer header has.
     *
     * @param innerFields of {@link #fieldsOf}.
     */
    public static void fixUp(long header, int innerFields, int modes) {
        int inner = innerFields >>> TOS_SHIFT;
        int dscp = (modes & TunnelModes.FIXED_DSCP) != 0 ? TunnelModes.dscp(modes) << 2 : inner & DSCP;
        int ecn = (modes & TunnelModes.PLAIN_ECN) != 0 ? 0 : inner & ECN;
        boolean isIpv4 = Ipv4.isVersion4(header);
        setTrafficClass(header, dscp | ecn, isIpv4);
        if ((modes & TunnelModes.UNIFORM_TTL) != 0) {
            setHopLimit(header, innerFields & BYTE, isIpv4);
        }
    }

    /** Makes a complete IPv4 header that of a packet that may be fragmented: its identification is its own then. */
    public static void allowFragments(long header, int identification) {
        Ipv4.replaceWord(header, Ipv4.IDENTIFICATION, Short.reverseBytes((short) identification) & 0xffff);
        Ipv4.replaceWord(header, Ipv4.FRAGMENT, 0);
    }

    /**
     * Carries over to the packet inside what the outer header says: a congestion mark always (RFC 6040 §4.2), hop limit and DSCP as
     * the modes say.
     *
     * @param header the outer one.
     * @param outer its TOS or traffic class.
     * @param inner address of the packet inside, of which no byte has been checked yet.
     * @return whether the packet may go on: one that does not understand the mark it got should have been dropped where it was made.
     */
    public static boolean carryInwards(long header, int outer, int modes, long inner, int innerBytes, boolean isIpv4) {
        return (modes == TunnelModes.DEFAULT && !Congestion.isMark(outer))
                || innerBytes < Ipv4.MIN_HEADER_BYTES
                || carry(header, outer, modes, inner, isIpv4);
    }

    private static boolean carry(long header, int outer, int modes, long inner, boolean isIpv4) {
        int before = isIpv4 ? Memory.getUnsignedByte(inner + Ipv4.TOS) : Ipv6.trafficClass(inner);
        int ecn = Congestion.decapsulated(before & ECN, outer & ECN);
        if (ecn == Congestion.DROP) {
            return false;
        }
        int dscp = ((modes & TunnelModes.UNIFORM_DSCP) != 0 ? outer : before) & DSCP;
        if ((dscp | ecn) != before) {
            setTrafficClass(inner, dscp | ecn, isIpv4);
        }
        if ((modes & TunnelModes.UNIFORM_TTL) != 0) {
            lowerHopLimit(inner, fieldsOf(header) & BYTE, isIpv4);
        }
        return true;
    }

    /** Carries a hop limit over to the packet inside, which has a whole header at least of IPv4, where it is less than that one's. */
    public static void lowerHopLimit(long inner, int hopLimit, boolean isIpv4) {
        if (hopLimit < Memory.getUnsignedByte(inner + (isIpv4 ? Ipv4.TTL : Ipv6.HOP_LIMIT))) {
            setHopLimit(inner, hopLimit, isIpv4);
        }
    }

    private static void setTrafficClass(long header, int trafficClass, boolean isIpv4) {
        if (isIpv4) {
            Ipv4.replaceWord(header, 0, Memory.getUnsignedByte(header) | trafficClass << Byte.SIZE);
        } else {
            int others = Memory.getIntBigEndian(header) & ~(BYTE << 20);
            Memory.putIntBigEndian(header, others | trafficClass << 20);
        }
    }

    private static void setHopLimit(long header, int hopLimit, boolean isIpv4) {
        if (isIpv4) {
            int protocol = Memory.getUnsignedByte(header + Ipv4.PROTOCOL);
            Ipv4.replaceWord(header, Ipv4.TTL, hopLimit | protocol << Byte.SIZE);
        } else {
            Memory.putByte(header + Ipv6.HOP_LIMIT, (byte) hopLimit);
        }
    }
}

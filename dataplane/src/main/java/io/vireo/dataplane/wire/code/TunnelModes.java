package io.vireo.dataplane.wire.code;

/** How a tunnel's outer header and the packets inside depend on each other, beyond what is so by default; as bits. */
public final class TunnelModes {
    /** Outwards the hop limit is the tunnel's, inwards the packet's own (the pipe model); DSCP and ECN are the packet's. */
    public static final int DEFAULT = 0;

    /** The hop limit is carried out and, where it has become smaller, in: routers underneath count (RFC 3443 §3, uniform model). */
    public static final int UNIFORM_TTL = 1;

    /** The DSCP is carried in, too (RFC 2983 §3, uniform model). */
    public static final int UNIFORM_DSCP = 2;

    /** The DSCP of the outer header is the tunnel's (RFC 2983 §3, pipe model). Not with {@link #UNIFORM_DSCP}. */
    public static final int FIXED_DSCP = 4;

    /** ECN is not carried out (RFC 6040 §4.3, compatibility mode): the far end does not carry marks in. */
    public static final int PLAIN_ECN = 8;

    /** The maximum segment size of TCP connections is lowered to what the tunnel's MTU has room for. */
    public static final int CLAMP_MSS = 16;

    /**
     * What is too long underneath is fragmented outside, around what is inside (RFC 4459 §3.1), instead of inside or not at all; "don't
     * fragment" is not carried out.
     */
    public static final int FRAGMENT_OUTER = 32;

    /**
     * Of IP in IP: an outer packet is taken only at an interface that has its destination, as a strong end system takes it (RFC 1122
     * §3.3.4.2); others are the router's whichever of its interfaces has the address.
     */
    public static final int STRONG_END_SYSTEM = 64;

    /** All of the above. */
    public static final int BITS = 127;

    private static final int DSCP_SHIFT = 8;

    private TunnelModes() {}

    /** {@link #FIXED_DSCP}, with the DSCP, 0 to 63. */
    public static int fixedDscp(int dscp) {
        return FIXED_DSCP | dscp << DSCP_SHIFT;
    }

    /** The DSCP of modes that have a {@linkplain #fixedDscp fixed} one, else 0. */
    public static int dscp(int modes) {
        return modes >>> DSCP_SHIFT;
    }
}

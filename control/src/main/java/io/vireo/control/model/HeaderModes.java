package io.vireo.control.model;

/**
 * How the outer header of a tunnel and the packets inside depend on each other.
 *
 * @param ttl      whose business hop limits are.
 * @param dscp     which way the DSCP is carried.
 * @param dscpValue of the outer packets, 0 to {@link Limits#MAX_DSCP}; 0 unless it is {@link Dscp#PIPE}.
 * @param ecn      what the outer header says of congestion.
 * @param mssClamp whether the segment size of TCP connections is lowered to what the MTU has room for.
 * @param fragment which packet is fragmented where both together are too long.
 */
public record HeaderModes(Ttl ttl, Dscp dscp, int dscpValue, Ecn ecn, boolean mssClamp, Fragment fragment) {
    /** What holds when a document says nothing. */
    public static final HeaderModes DEFAULT =
            new HeaderModes(Ttl.PIPE, Dscp.INHERIT, 0, Ecn.NORMAL, false, Fragment.INNER);

    public HeaderModes {
        if (dscpValue < 0 || dscpValue > Limits.MAX_DSCP || (dscp != Dscp.PIPE && dscpValue != 0)) {
            throw new IllegalArgumentException("DSCP " + dscpValue);
        }
    }

    /** Hop limit and TTL (RFC 2003 §3.1, RFC 3443 §3). */
    public enum Ttl {
        /** The outer packets have the tunnel's own, and what is inside sees one hop. */
        PIPE,
        /** It is carried out and back in, so what is inside sees each router underneath. */
        UNIFORM
    }

    /** RFC 2983. */
    public enum Dscp {
        /** Carried out, not back in. */
        INHERIT,
        /** Carried out and back in. */
        UNIFORM,
        /** The outer packets have the tunnel's own. */
        PIPE
    }

    /** RFC 4459 §3. */
    public enum Fragment {
        /** The one inside, where it may be; else its sender learns what fits. */
        INNER,
        /** The outer one: whatever is inside, the far end puts it together. */
        OUTER
    }

    /** RFC 6040 §4.1, §4.3. */
    public enum Ecn {
        /** Carried out; marks are always carried back in. */
        NORMAL,
        /** Not carried out: for a far end that carries no marks in. */
        COMPATIBILITY
    }
}

package io.vireo.dataplane.encapsulation.outer;

/**
 * What becomes of a packet's two ECN bits (RFC 3168 §5) where it leaves a tunnel (RFC 6040 §4.2, figure 4), whatever mode the
 * tunnel's other end is in.
 *
 * <pre>
 *                     outer   Not-ECT   ECT(0)    ECT(1)    CE
 *   inner  Not-ECT            Not-ECT   Not-ECT   Not-ECT   drop
 *          ECT(0)             ECT(0)    ECT(0)    ECT(1)    CE
 *          ECT(1)             ECT(1)    ECT(1)    ECT(1)    CE
 *          CE                 CE        CE        CE        CE
 * </pre>
 */
final class Congestion {
    /** No ECN bits: the packet is dropped. */
    static final int DROP = 4;

    private static final int LOW_BIT = 1;

    /** Four bits for each cell, that of the inner bits i and the outer bits o at the nibble 4 i + o. */
    private static final long TABLE = 0x3333_3212_3111_4000L;

    private Congestion() {}

    /** Whether the outer bits, or the TOS that they are in, may change those inside: ECT(1) and CE do, which is what the low bit says. */
    static boolean isMark(int outer) {
        return (outer & LOW_BIT) != 0;
    }

    /** The bits of the packet that goes on, or {@link #DROP}. */
    static int decapsulated(int inner, int outer) {
        return (int) (TABLE >>> ((inner << 2 | outer) << 2)) & 0xf;
    }
}

package io.vireo.dataplane.path;

import io.vireo.dpdk.Mbuf;
import io.vireo.dpdk.Memory;

/**
 * The ports of IPv4 fragments that the data plane has made, which the bytes of all but the first do not show: so that classes are chosen
 * for them as for the datagram. They are kept in the mbuf's user word until it is sent, with the fragment's identification and
 * offset, by which a word is recognised that somebody left there before.
 *
 * <pre>
 *   63   60        48 47            32 31             0
 *   1 |  offset     | identification | first 4 bytes of the datagram's payload, as a big-endian load has them
 * </pre>
 */
public final class FragmentPorts {
    /** {@link #of}: not known. */
    public static final int NONE = 0;

    private static final long WRITTEN = 1L << 63;
    private static final int OFFSET_SHIFT = 48;
    private static final long LOW_32 = 0xffff_ffffL;

    private FragmentPorts() {}

    /** Keeps the ports of a fragment. */
    public static void write(long mbuf, long header, int ports) {
        Mbuf.setUserWord(mbuf, key(header) | (ports & LOW_32));
    }

    /** What an IPv4 packet without options has in place of ports: of a later fragment what was kept, or {@link #NONE}. */
    public static int of(long mbuf, long header) {
        if (offset(header) == 0) {
            return Memory.getIntBigEndian(header + Ipv4.MIN_HEADER_BYTES);
        }
        long word = Mbuf.userWord(mbuf);
        return (word & ~LOW_32) == key(header) ? (int) word : NONE;
    }

    private static long key(long header) {
        long identification = Memory.getUnsignedShortBigEndian(header + Ipv4.IDENTIFICATION);
        return WRITTEN | (long) offset(header) << OFFSET_SHIFT | identification << Integer.SIZE;
    }

    private static int offset(long header) {
        return Memory.getUnsignedShortBigEndian(header + Ipv4.FRAGMENT) & Ipv4.OFFSET_MASK;
    }
}

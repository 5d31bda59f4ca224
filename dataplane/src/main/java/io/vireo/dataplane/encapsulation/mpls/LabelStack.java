package io.vireo.dataplane.encapsulation.mpls;

import io.vireo.dataplane.path.FlowHash;
import io.vireo.dataplane.path.Ipv4;
import io.vireo.dataplane.path.Ipv6;

/** A label stack as a whole (RFC 3032 §2.1). */
public final class LabelStack {
    /** Deeper stacks are not looked through. */
    public static final int MAX_ENTRIES = 16;

    /** What {@link #bytes} says of a stack whose end is not found. */
    public static final int NO_END = 0;

    private LabelStack() {}

    /** Bytes of a stack with its last entry; {@link #NO_END} if there is none within so many bytes or {@link #MAX_ENTRIES}. */
    public static int bytes(long stack, int availableBytes) {
        int limit = Math.min(availableBytes, MAX_ENTRIES * LabelEntry.BYTES);
        for (int end = LabelEntry.BYTES; end <= limit; end += LabelEntry.BYTES) {
            if (LabelEntry.isBottom(LabelEntry.at(stack + end - LabelEntry.BYTES))) {
                return end;
            }
        }
        return NO_END;
    }

    /** Whether a whole IP header is what a stack ends before, as far as its first byte says. */
    public static boolean isIp(long packet, int bytes) {
        return bytes >= Ipv4.MIN_HEADER_BYTES
                && (isIpv4(packet, bytes) || (Ipv6.isVersion6(packet) && bytes >= Ipv6.HEADER_BYTES));
    }

    private static boolean isIpv4(long packet, int bytes) {
        int headerBytes = Ipv4.headerBytes(packet);
        return Ipv4.isVersion4(packet) && headerBytes >= Ipv4.MIN_HEADER_BYTES && headerBytes <= bytes;
    }

    /**
     * The flow of what is underneath, so that no packet of one overtakes another: of an IP packet its own (RFC 6790 §1: as routers do
     * that look for it), else the labels are all there is.
     *
     * @param seed of {@link FlowHash#seed}.
     */
    public static int flowHash(long stack, int bytes, long seed) {
        int end = bytes(stack, bytes);
        long packet = stack + end;
        if (end == NO_END || !isIp(packet, bytes - end)) {
            int known = end == NO_END ? Math.min(bytes, MAX_ENTRIES * LabelEntry.BYTES) : end;
            return labels(stack, known & -LabelEntry.BYTES, seed);
        }
        return Ipv4.isVersion4(packet)
                ? FlowHash.ipv4(packet, bytes - end, seed)
                : FlowHash.ipv6(packet, bytes - end, seed);
    }

    private static int labels(long stack, int bytes, long seed) {
        long hash = seed;
        for (int offset = 0; offset < bytes; offset += LabelEntry.BYTES) {
            hash = FlowHash.spread(hash ^ LabelEntry.label(LabelEntry.at(stack + offset)));
        }
        return (int) (hash >>> Integer.SIZE);
    }
}

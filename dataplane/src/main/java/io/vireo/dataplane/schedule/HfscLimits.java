package io.vireo.dataplane.schedule;

/**
 * What a port's scheduler is built for; all its memory is taken from these numbers, about 900 bytes a class and 32 a
 * packet. Immutable.
 *
 * @param maxClasses classes including the root, 2 to 4,194,304; ids are 0 (the root) to this less one
 * @param maxPackets packets queued in all classes together, 1 to 33,554,432
 * @param maxQuotas buffer quotas, 1 to 4,194,304
 * @param overhead what a frame costs on the wire
 * @param largestFrameBytes the longest frame, for CoDel, 64 to 65,535
 * @param limitSlackNs by how much a limited class may catch up when the worker was late, 0 to 1 s
 */
public record HfscLimits(
        int maxClasses,
        int maxPackets,
        int maxQuotas,
        LinkOverhead overhead,
        int largestFrameBytes,
        long limitSlackNs) {
    private static final int MAX_CLASSES = 1 << 22;
    private static final int MAX_PACKETS = 1 << 25;
    private static final long CLASS_BYTES = 768;
    private static final long PACKET_BYTES = 32;
    private static final long QUOTA_BYTES = 32;

    /** A dozen arrays, each on a huge page. */
    private static final long ALIGNMENT_BYTES = 32 << 20;

    private static final long MAX_SLACK_NS = 1_000_000_000L;

    /** Refuses numbers out of range, naming the field. */
    public HfscLimits {
        check("maxClasses", maxClasses, 2, MAX_CLASSES);
        check("maxPackets", maxPackets, 1, MAX_PACKETS);
        check("maxQuotas", maxQuotas, 1, MAX_CLASSES);
        check("largestFrameBytes", largestFrameBytes, 64, 65_535);
        check("limitSlackNs", limitSlackNs, 0, MAX_SLACK_NS);
    }

    /** An Ethernet port of this many classes, packets and quotas: frames to 1,518 bytes, one millisecond of slack. */
    public static HfscLimits ethernet(int maxClasses, int maxPackets, int maxQuotas) {
        return new HfscLimits(maxClasses, maxPackets, maxQuotas, LinkOverhead.ETHERNET, 1_518, 1_000_000);
    }

    /** The address space that a scheduler takes outside the Java heap, at most. */
    long memoryBytes() {
        return maxClasses * CLASS_BYTES + maxPackets * PACKET_BYTES + maxQuotas * QUOTA_BYTES + ALIGNMENT_BYTES;
    }

    private static void check(String field, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(field + " must be " + min + " to " + max + ", not " + value);
        }
    }
}

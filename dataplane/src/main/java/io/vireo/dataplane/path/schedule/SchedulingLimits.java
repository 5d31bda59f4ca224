package io.vireo.dataplane.path.schedule;

import io.vireo.dataplane.wire.SharedLayout;

/**
 * How much there may be of classes; memory is taken per port that is shaped or has classes.
 *
 * @param portClasses classes of one port, implicit ones included, 8..4194304; about 900 bytes each
 * @param portPackets packets queued at one port, 64..33554432; 32 bytes each beside the packet buffer
 * @param filterLongs room for compiled filters, in longs of 8 bytes
 */
public record SchedulingLimits(int portClasses, int portPackets, int filterLongs) {
    /** For tests and small machines. */
    public static final SchedulingLimits DEFAULT = new SchedulingLimits(4_096, 4_096, 1 << 18);

    /** Estimate of what one port's scheduler takes of memory, see {@link #portBytes}. */
    private static final long CLASS_BYTES = 900;

    private static final long PACKET_BYTES = 48;
    private static final long QUOTA_BYTES = 32;

    /** What one port's scheduler takes of memory, at most. */
    public long portBytes() {
        return portClasses * CLASS_BYTES + portPackets * PACKET_BYTES + SharedLayout.MAX_QUOTAS * QUOTA_BYTES;
    }
}

package io.vireo.dataplane.path.schedule;

import io.vireo.dataplane.interfaces.VirtualLinkTable;
import io.vireo.dataplane.schedule.DequeuedBurst;
import io.vireo.dataplane.wire.counters.ClassStatisticsWriter;

/** What the port queues of one worker share. Single user: that worker. */
final class ClassTools {
    /** Packets of a burst out of the classes. */
    private static final int BURST_PACKETS = 64;

    final ClassMap map;
    final long[] filters;
    final ClassStatisticsWriter statistics;
    final OwnControlBounds bounds;
    final PacketHeader header;
    /** The leaf of each tx frame of the burst. */
    final int[] leaves;

    final DequeuedBurst burst = new DequeuedBurst(BURST_PACKETS);
    final int burstPackets = BURST_PACKETS;

    ClassTools(
            ClassMap map,
            OwnControlBounds bounds,
            long[] filters,
            VirtualLinkTable virtualLinks,
            ClassStatisticsWriter statistics,
            int txFrames) {
        this.map = map;
        this.bounds = bounds;
        this.filters = filters;
        this.statistics = statistics;
        header = new PacketHeader(virtualLinks);
        leaves = new int[txFrames];
    }
}

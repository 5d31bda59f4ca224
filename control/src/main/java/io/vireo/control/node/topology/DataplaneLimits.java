package io.vireo.control.node.topology;

import io.vireo.control.model.Limits;
import io.vireo.dataplane.wire.counters.SystemCounter;
import io.vireo.dataplane.wire.layout.SharedLimits;
import io.vireo.dataplane.wire.memory.SharedMemory;

/**
 * What a data plane has room for.
 *
 * @param maxMtu the longest IP packet that a packet buffer holds, in bytes
 */
public record DataplaneLimits(
        int workers, int maxRouters, int maxInterfaces, int maxClasses, int queuePackets, int maxMtu) {
    /** A quarter of the default packet buffers. */
    private static final int DEFAULT_QUEUE_PACKETS = 4_096;

    /** What is assumed while there is no data plane: what it has room for by default. */
    public static final DataplaneLimits DEFAULT = new DataplaneLimits(
            Limits.MAX_RX_QUEUES,
            Limits.DEFAULT_MAX_ROUTERS,
            Limits.DEFAULT_MAX_INTERFACES,
            Limits.DEFAULT_MAX_CLASSES,
            DEFAULT_QUEUE_PACKETS,
            Limits.MAX_MTU);

    public static DataplaneLimits of(SharedMemory memory) {
        SharedLimits limits = memory.limits();
        long queuePackets =
                memory.systemCounters().get(SystemCounter.QUEUE_PACKETS).get();
        long maxMtu = memory.systemCounters().get(SystemCounter.MAX_MTU).get();
        return new DataplaneLimits(
                limits.workers(),
                limits.maxRouters(),
                limits.maxInterfaces(),
                limits.maxClasses(),
                queuePackets > 0 ? (int) queuePackets : DEFAULT_QUEUE_PACKETS,
                maxMtu > 0 ? (int) maxMtu : Limits.MAX_MTU);
    }
}

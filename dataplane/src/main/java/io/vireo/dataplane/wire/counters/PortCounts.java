package io.vireo.dataplane.wire.counters;

/**
 * What a port has handled: the workers' own counts, summed, and the device's.
 *
 * @param generation changes when the counters begin anew at zero: a difference across generations has no meaning
 * @param rxPackets frames received from the device
 * @param rxBytes their bytes
 * @param txPackets frames handed to the device
 * @param txBytes their bytes
 * @param txDroppedPackets frames dropped because the device's tx queue was full
 * @param ownControlPackets network control of the routers themselves that left before what was queued in classes
 * @param ownControlLimitedPackets the same beyond the bound for that: it was queued in its classes
 * @param missedPackets frames the device dropped because no worker fetched them in time
 * @param inputErrors frames the device received with an error
 * @param outputErrors frames the device failed to send
 * @param noBufferPackets frames the device dropped because there was no packet buffer
 */
public record PortCounts(
        long generation,
        long rxPackets,
        long rxBytes,
        long txPackets,
        long txBytes,
        long txDroppedPackets,
        long ownControlPackets,
        long ownControlLimitedPackets,
        long missedPackets,
        long inputErrors,
        long outputErrors,
        long noBufferPackets) {}

package io.vireo.control.node.pump;

import io.vireo.control.view.SystemCount;
import java.util.List;

/**
 * What {@link TapPump} has carried since control started.
 *
 * @param puntedFrames frames from the data plane that the kernel took
 * @param puntErrors frames that it did not take: the interface is down or gone
 * @param injectedFrames frames from the kernel that the data plane was given
 * @param injectDropped frames that it could not be given: its ring was full, or there was no data plane
 */
public record PumpCounts(long puntedFrames, long puntErrors, long injectedFrames, long injectDropped) {

    /** For the operator. */
    public List<SystemCount> asCounters() {
        return List.of(
                new SystemCount("KERNEL_TAKEN", "punted frames that the kernel took", puntedFrames),
                new SystemCount(
                        "KERNEL_REFUSED",
                        "punted frames that the kernel did not take: interface down or gone",
                        puntErrors),
                new SystemCount("KERNEL_SENT", "frames from the kernel given to the data plane", injectedFrames),
                new SystemCount(
                        "KERNEL_SENT_DROPPED",
                        "frames from the kernel dropped: a worker's ring was full, or there was no data plane",
                        injectDropped));
    }
}

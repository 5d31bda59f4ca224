package io.vireo.control.node;

/**
 * What {@link TapPump} has carried since control started.
 *
 * @param puntedFrames frames from the data plane that the kernel took
 * @param puntErrors frames that it did not take: the interface is down or gone
 * @param injectedFrames frames from the kernel that the data plane was given
 * @param injectDropped frames that it could not be given: its ring was full, or there was no data plane
 */
public record PumpCounts(long puntedFrames, long puntErrors, long injectedFrames, long injectDropped) {}

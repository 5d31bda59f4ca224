package io.vireo.control.view;

/**
 * Packets that were delayed about as long.
 *
 * @param belowNs end of the bucket of {@link io.vireo.dataplane.wire.layout.DelayBuckets}: they were delayed less, in
 *                nanoseconds.
 * @param packets how many, modulo 2³².
 */
public record DelayCount(long belowNs, long packets) {}

package io.vireo.bench.linerate.traffic;

/**
 * What the device under test makes of a frame: by it the sink knows a frame that took the right way.
 *
 * @param toMac destination MAC address of frames that come back, 48 bits
 * @param fromMac source MAC address of frames that come back, 48 bits
 * @param ttl their TTL
 */
public record Rewrite(long toMac, long fromMac, int ttl) {}

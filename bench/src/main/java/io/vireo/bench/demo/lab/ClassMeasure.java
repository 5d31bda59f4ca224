package io.vireo.bench.demo.lab;

import tools.jackson.databind.JsonNode;

/**
 * What {@code vireo show classes} measured of a class over its interval.
 *
 * @param deliveredBitsPerSecond on the wire
 * @param sentPackets packets sent
 * @param droppedPackets packets dropped
 * @param p50Ns half of the packets were queued no longer, ns
 * @param p99Ns 99 % likewise
 * @param p999Ns 99.9 % likewise
 * @param maxNs all of them
 */
public record ClassMeasure(
        long deliveredBitsPerSecond,
        long sentPackets,
        long droppedPackets,
        long p50Ns,
        long p99Ns,
        long p999Ns,
        long maxNs) {

    static ClassMeasure of(JsonNode rates) {
        JsonNode delays = rates.path("delays");
        return new ClassMeasure(
                rates.path("deliveredBitsPerSecond").asLong(),
                rates.path("sentPackets").asLong(),
                rates.path("droppedPackets").asLong(),
                delays.path("p50Ns").asLong(),
                delays.path("p99Ns").asLong(),
                delays.path("p999Ns").asLong(),
                delays.path("maxNs").asLong());
    }
}

package io.vireo.bench.linerate;

import io.vireo.bench.linerate.traffic.Genome;
import java.util.List;
import java.util.Map;

/**
 * What all devices did with frames of one genome.
 *
 * @param genome the frames
 * @param devices in the order in which they were measured; Vireo is the first
 * @param ownLatencies by device, at 90 % of its own NDR, once for each round; empty when not asked for
 * @param sameLatencies by device, at 90 % of the lowest NDR of all, likewise
 * @param resetsNs by device; empty when not asked for
 */
record GenomeResult(
        Genome genome,
        List<DeviceResult> devices,
        Map<String, List<LatencyResult>> ownLatencies,
        Map<String, List<LatencyResult>> sameLatencies,
        Map<String, Long> resetsNs) {}

package io.vireo.bench.tables;

import io.vireo.bench.report.NotMeasuredException;
import io.vireo.bench.report.Samples;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tables that look up the same addresses, in turn. Every round's sum of next hops must be the same for all.
 *
 * @param rounds how many samples of each, after one that warms up
 * @param sampleNs CPU time of each sample
 */
record LookupComparison(int rounds, long sampleNs) {
    /**
     * Millions of lookups per second, by name.
     *
     * @throws NotMeasuredException when two tables do not agree
     */
    Map<String, Samples> run(Map<String, LookupRun> contenders) {
        Map<String, List<Double>> rates = new LinkedHashMap<>();
        contenders.keySet().forEach(name -> rates.put(name, new ArrayList<>()));
        long expected = contenders.values().iterator().next().run();
        for (int round = 0; round <= rounds; round++) {
            for (Map.Entry<String, LookupRun> contender : contenders.entrySet()) {
                double rate = sample(contender.getKey(), contender.getValue(), expected);
                if (round > 0) {
                    rates.getOrDefault(contender.getKey(), List.of()).add(rate);
                }
            }
        }
        Map<String, Samples> samples = new LinkedHashMap<>();
        rates.forEach((name, values) -> samples.put(name, new Samples(values)));
        return samples;
    }

    private double sample(String name, LookupRun run, long expected) {
        long startNs = CpuClock.nowNs();
        long count = 0;
        do {
            long sum = run.run();
            if (sum != expected) {
                throw new NotMeasuredException(
                        name + " found other next hops: their sum is " + sum + ", not " + expected);
            }
            count += Ipv4Destinations.COUNT;
        } while (CpuClock.nowNs() - startNs < sampleNs);
        return CpuClock.megaSince(startNs, count);
    }
}

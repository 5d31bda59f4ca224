package io.vireo.bench.tables;

import io.vireo.bench.process.BenchMain;
import io.vireo.bench.report.Measurement;
import io.vireo.bench.report.Samples;
import io.vireo.bench.report.Unit;
import java.util.Map;

/**
 * How much is measured.
 *
 * @param rounds samples of each contender
 * @param sampleNs CPU time of each
 * @param readerCore CPU of the thread that reads while routes change
 * @param lpm whether rte_lpm takes part
 */
record TablesPlan(int rounds, long sampleNs, int readerCore, Lpm lpm) {
    /** Whether rte_lpm takes part: to load the full table takes it minutes. */
    enum Lpm {
        /** It does. */
        WITH,
        /** There is no time for it. */
        WITHOUT
    }

    boolean withLpm() {
        return lpm == Lpm.WITH;
    }

    /** Races the contenders, the first of them Vireo, and reports Vireo beside each other. */
    void report(BenchMain bench, String scenario, Map<String, LookupRun> contenders) {
        Map<String, Samples> rates = new LookupComparison(rounds, sampleNs).run(contenders);
        Samples vireo = rates.values().iterator().next();
        Measurement figure = Measurement.alone(scenario, Unit.MEGA_LOOKUPS, vireo);
        if (rates.size() == 1) {
            bench.report(figure);
        }
        rates.entrySet().stream().skip(1).forEach(peer -> bench.report(figure.beside(peer.getKey(), peer.getValue())));
    }
}

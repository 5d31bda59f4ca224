package io.vireo.dataplane.worker;

import io.vireo.dataplane.capture.CaptureTap;
import io.vireo.dataplane.path.Burst;
import io.vireo.dataplane.path.classify.Classify;
import io.vireo.dataplane.wire.code.TraceStage;
import io.vireo.dataplane.wire.counters.StatisticsWriter;

/** Counts and captures a worker's packets as received, once classify has found whose they are and nobody has rewritten them. */
final class Reception implements StageObserver {
    private final StatisticsWriter statistics;
    private final CaptureTap tap;

    Reception(StatisticsWriter statistics, CaptureTap tap) {
        this.statistics = statistics;
        this.tap = tap;
    }

    @Override
    public void after(TraceStage stage, Burst burst) {
        if (stage == TraceStage.CLASSIFY) {
            Classify.count(burst, statistics);
            if (tap.isOpen()) {
                tap.received(burst);
            }
        }
    }
}

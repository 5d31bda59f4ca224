package io.vireo.bench.linerate.search;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** All trials of a search, by load: what was measured for one goal counts for the others too. One thread. */
final class TrialStore {
    private final NavigableMap<Double, List<Trial>> byLoad = new TreeMap<>();

    void add(Trial trial) {
        byLoad.computeIfAbsent(trial.loadFramesPerSecond(), load -> new ArrayList<>())
                .add(trial);
    }

    /** The trials at exactly this load, none or more. */
    List<Trial> at(double loadFramesPerSecond) {
        return byLoad.getOrDefault(loadFramesPerSecond, List.of());
    }

    /** The loads that were tried, ascending. */
    Iterable<Double> loads() {
        return byLoad.keySet();
    }

    /** What the trials at one load say about it. */
    LoadClass classify(double loadFramesPerSecond, SearchGoal goal) {
        return LossSums.of(at(loadFramesPerSecond), goal).classify(goal);
    }
}

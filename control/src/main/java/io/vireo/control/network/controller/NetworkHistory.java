package io.vireo.control.network.controller;

import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.document.Change;
import io.vireo.control.model.document.ConfigurationDiff;
import io.vireo.control.store.StateStore;
import io.vireo.control.store.StoreException;
import io.vireo.control.store.Version;
import io.vireo.control.view.NotFoundException;
import java.util.List;
import java.util.Map;

/** The versions of the network, as the store has them. Any thread. */
public final class NetworkHistory {
    private final StateStore store;
    private final PartPlanner planner;

    /** What was read last: it is asked for many times a second. */
    private volatile Current current = new Current(0, PlannedNetwork.EMPTY);

    private record Current(long number, PlannedNetwork plan) {}

    NetworkHistory(StateStore store, PartPlanner planner) {
        this.store = store;
        this.planner = planner;
    }

    /** The current version. */
    public Version currentVersion() {
        return store.current();
    }

    /** The network document of a version, as it was written. */
    public String documentOf(Version version) {
        return StoredNetwork.of(version).document();
    }

    /** What the nodes are to have now. */
    public PlannedNetwork currentPlan() {
        long newest =
                store.history(1).stream().mapToLong(Version::number).findFirst().orElse(0);
        Current known = current;
        if (known.number() != newest) {
            known = new Current(newest, StoredNetwork.of(version(newest)).plan());
            current = known; // if another thread has a newer one meanwhile, the next call finds that
        }
        return known.plan();
    }

    /**
     * A version with its document.
     *
     * @throws NotFoundException when it never existed or was deleted.
     */
    public Version version(long number) {
        return store.version(number).orElseThrow(() -> new NotFoundException("there is no version " + number));
    }

    /** The newest versions, newest first, without their documents. */
    public List<Version> newest(int limit) {
        return store.history(limit);
    }

    /** What is different between the documents of two versions. */
    public List<Change> diff(long from, long to) {
        try {
            return changes(documentOf(version(from)), documentOf(version(to)));
        } catch (InvalidConfigurationException e) {
            throw new StoreException("a version in the store is not understood by this Vireo: " + e.getMessage(), e);
        }
    }

    /** What turns one document into another. */
    List<Change> changes(String before, String after) throws InvalidConfigurationException {
        return ConfigurationDiff.betweenTrees(tree(before), tree(after));
    }

    private Map<String, Object> tree(String document) throws InvalidConfigurationException {
        return document.isEmpty() ? Map.of() : planner.tree(document);
    }
}

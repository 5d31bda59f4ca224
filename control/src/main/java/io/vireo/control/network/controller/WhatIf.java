package io.vireo.control.network.controller;

import io.vireo.control.model.document.Change;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a document would do.
 *
 * @param changes of the network document.
 * @param nodes what each node would have to change, by its name; only those that would.
 * @param plan the paths that virtual links would take, and what of each substrate link would be sold.
 */
public record WhatIf(List<Change> changes, Map<String, List<Change>> nodes, PlannedNetwork plan) {

    public WhatIf {
        changes = List.copyOf(changes);
        nodes = new TreeMap<>(nodes);
    }
}

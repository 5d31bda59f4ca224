package io.vireo.control.network.controller;

import io.vireo.control.model.InvalidConfigurationException;
import java.util.Map;
import java.util.Set;

/** Makes parts of a network document. Without a state: the same twice gives the same twice. Any thread. */
public interface PartPlanner {

    /**
     * Plans.
     *
     * @param document the network document.
     * @param allocations as the plan before left them; empty at first.
     * @param downLinks substrate links that nothing may take now.
     * @throws InvalidConfigurationException with all that is wrong with it, or with what does not fit where, and what is left.
     */
    PlannedNetwork plan(String document, String allocations, Set<String> downLinks)
            throws InvalidConfigurationException;

    /**
     * The document as maps, lists and scalars, for differences.
     *
     * @throws InvalidConfigurationException when it is none.
     */
    Map<String, Object> tree(String document) throws InvalidConfigurationException;
}

package io.vireo.control.network;

import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.Problem;
import io.vireo.control.network.controller.Mesh;
import io.vireo.control.network.controller.NodeStep;
import io.vireo.control.network.controller.PartPlanner;
import io.vireo.control.network.controller.PartsRefusedException;
import io.vireo.control.network.controller.PlannedNetwork;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Stands for the planner and the signalling until they are there: every document is refused, nothing is brought anywhere. */
final class NotYet implements PartPlanner, Mesh {
    private static final List<Problem> PROBLEMS = List.of(Problem.at("", "this controller has no planner yet"));

    @Override
    public PlannedNetwork plan(String document, String allocations, Set<String> downLinks)
            throws InvalidConfigurationException {
        throw new InvalidConfigurationException(PROBLEMS);
    }

    @Override
    public Map<String, Object> tree(String document) throws InvalidConfigurationException {
        throw new InvalidConfigurationException(PROBLEMS);
    }

    @Override
    public void bring(long version, Map<String, String> apis, Map<String, String> parts, Consumer<NodeStep> steps)
            throws PartsRefusedException {
        throw new PartsRefusedException(PROBLEMS);
    }

    @Override
    public boolean recover(long version) {
        return false;
    }
}

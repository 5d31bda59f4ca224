package io.vireo.control.network.controller;

import io.vireo.control.model.Problem;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Nodes in a map. */
public final class FakeMesh implements Mesh {
    /** What each node has. */
    public final Map<String, String> parts = new TreeMap<>();

    /** Nodes that refuse, and why. */
    public final Map<String, String> refusals = new HashMap<>();

    /** Set: the controller is killed before or after the decision. */
    public String dies = "";

    private final Set<Long> decided = new HashSet<>();

    @Override
    public void bring(long version, Map<String, String> apis, Map<String, String> wanted, Consumer<NodeStep> steps)
            throws PartsRefusedException {
        if (dies.equals("before")) {
            throw new IllegalStateException("killed before the decision");
        }
        for (String node : wanted.keySet()) {
            if (refusals.containsKey(node)) {
                steps.accept(new NodeStep(node, "refused", refusals.get(node)));
                throw new PartsRefusedException(List.of(Problem.at("nodes[" + node + "]", refusals.get(node))));
            }
            steps.accept(new NodeStep(node, "reserved", ""));
        }
        decided.add(version);
        if (dies.equals("after")) {
            throw new IllegalStateException("killed after the decision");
        }
        wanted.forEach((node, part) -> {
            parts.put(node, part);
            steps.accept(new NodeStep(node, "committed", ""));
        });
    }

    @Override
    public void catchUp() {}

    @Override
    public boolean recover(long version) {
        return decided.contains(version);
    }
}

package io.vireo.control.network;

import io.vireo.control.model.Problem;
import io.vireo.control.network.controller.Mesh;
import io.vireo.control.network.controller.NodeStep;
import io.vireo.control.network.controller.PartsRefusedException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Stands for the signalling until it is there: nothing is brought anywhere. */
final class NotYet implements Mesh {
    private static final List<Problem> PROBLEMS = List.of(Problem.at("", "this controller cannot signal yet"));

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

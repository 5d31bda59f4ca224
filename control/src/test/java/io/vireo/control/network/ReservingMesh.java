package io.vireo.control.network;

import io.vireo.control.cli.CliException;
import io.vireo.control.cli.ControlClient;
import io.vireo.control.model.Problem;
import io.vireo.control.network.controller.Mesh;
import io.vireo.control.network.controller.NodeStep;
import io.vireo.control.network.controller.PartsRefusedException;
import io.vireo.control.network.watch.ApiNodeReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Reserves on all nodes and commits, without a log: for tests whose controller does not die. */
final class ReservingMesh implements Mesh {
    @Override
    public void bring(long version, Map<String, String> apis, Map<String, String> parts, Consumer<NodeStep> steps)
            throws PartsRefusedException {
        List<Problem> problems = new ArrayList<>();
        parts.forEach((node, part) -> {
            try {
                client(apis, node).put("/v1/reservations/v" + version + "?token=1", part);
                steps.accept(new NodeStep(node, "reserved", ""));
            } catch (CliException e) {
                problems.add(Problem.at("nodes[" + node + "]", String.valueOf(e.getMessage())));
            }
        });
        for (String node : parts.keySet()) {
            if (problems.isEmpty()) {
                client(apis, node).post("/v1/reservations/v" + version + "/commit?token=1", "");
                steps.accept(new NodeStep(node, "committed", ""));
            } else {
                client(apis, node).delete("/v1/reservations/v" + version + "?token=1");
            }
        }
        if (!problems.isEmpty()) {
            throw new PartsRefusedException(problems);
        }
    }

    private static ControlClient client(Map<String, String> apis, String node) {
        return ControlClient.connect(ApiNodeReader.socket(apis.getOrDefault(node, "")));
    }

    @Override
    public boolean recover(long version) {
        return false;
    }
}

package io.vireo.control.network;

import io.vireo.control.model.Problem;
import io.vireo.control.network.controller.Mesh;
import io.vireo.control.network.controller.NetworkEvents;
import io.vireo.control.network.controller.NodeStep;
import io.vireo.control.network.controller.PartsRefusedException;
import io.vireo.control.network.node.UnixNode;
import io.vireo.control.network.transaction.Coordinator;
import io.vireo.control.network.transaction.LeadershipLostException;
import io.vireo.control.network.transaction.NodeProgress;
import io.vireo.control.network.transaction.SetUp;
import io.vireo.control.network.transaction.SetUpRefusedException;
import io.vireo.control.network.transaction.StoredDecisions;
import io.vireo.control.store.StateStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Nodes that are asked by transactions. */
final class CoordinatedMesh implements Mesh {
    private static final System.Logger LOGGER = System.getLogger(CoordinatedMesh.class.getName());

    /** A node checks a large document within seconds; who takes longer is away. */
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private static final Duration LEASE = Duration.ofSeconds(30);

    private final Coordinator coordinator;
    private final NetworkEvents events;

    private CoordinatedMesh(Coordinator coordinator, NetworkEvents events) {
        this.coordinator = coordinator;
        this.events = events;
    }

    /** By a coordinator that is leader by its own store. */
    static CoordinatedMesh of(StateStore store, InstantSource clock, Executor executor, NetworkEvents events) {
        StoredDecisions decisions = StoredDecisions.begin(store.decisions(), clock);
        Coordinator coordinator =
                new Coordinator(decisions, decisions, UnixNode.connector(DEADLINE), LEASE, executor, System::nanoTime);
        return new CoordinatedMesh(coordinator, events);
    }

    @Override
    public void bring(long version, Map<String, String> apis, Map<String, String> parts, Consumer<NodeStep> steps)
            throws PartsRefusedException {
        try {
            coordinator.bring(SetUp.of(version, apis, parts), progress -> steps.accept(step(progress)));
        } catch (SetUpRefusedException e) {
            throw new PartsRefusedException(e.reasons().entrySet().stream()
                    .map(reason -> Problem.at("nodes[" + reason.getKey() + "]", reason.getValue()))
                    .toList());
        } catch (LeadershipLostException e) {
            throw new PartsRefusedException(List.of(Problem.at("", String.valueOf(e.getMessage()))));
        }
    }

    @Override
    public boolean recover(long version) {
        catchUp();
        return coordinator.isDecided(version);
    }

    @Override
    public void catchUp() {
        try {
            coordinator.catchUp(progress -> events.step(step(progress)));
        } catch (LeadershipLostException e) {
            LOGGER.log(System.Logger.Level.WARNING, "this controller brings nothing onto nodes: {0}", e.getMessage());
        }
    }

    private static NodeStep step(NodeProgress progress) {
        return new NodeStep(progress.node(), progress.step().name().toLowerCase(Locale.ROOT), progress.text());
    }
}

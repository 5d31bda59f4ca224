package io.vireo.control.lab.machine;

import io.vireo.control.cli.CliException;
import io.vireo.control.cli.ControlClient;
import io.vireo.control.cli.ExitCode;
import io.vireo.control.model.Configuration;
import io.vireo.control.model.document.ConfigurationWriter;
import io.vireo.control.supervisor.FileTree;
import io.vireo.control.supervisor.NodePaths;
import io.vireo.control.supervisor.NodeProcesses;
import io.vireo.control.supervisor.NodeStart;
import io.vireo.control.supervisor.NodeStop;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** Starts and stops one node of a lab, as {@code vireo up} and {@code vireo down} do, and applies its configuration. */
final class NodeRunner {
    private static final long READY_NS = TimeUnit.SECONDS.toNanos(30);
    private static final long POLL_MS = 50;
    private static final String RUNNING = "RUNNING";

    private final NodePaths paths;

    /** @param node name of the node on this machine */
    NodeRunner(String node) {
        paths = NodePaths.of(node);
    }

    /**
     * Starts the node if it does not run, and applies the configuration, which repairs what is otherwise. Returns when it forwards.
     *
     * @param mark          lab and settings of the node.
     * @param configuration what it shall be.
     * @param ports         those that links join.
     * @return what was done, for people; nothing when everything was as it shall be.
     */
    List<String> start(NodeMark mark, Configuration configuration, List<String> ports) {
        List<String> done = new ArrayList<>();
        try {
            if (!isRunning()) {
                long startedNs = System.nanoTime();
                paths.create();
                mark.write(paths);
                new NodeStart(paths, new PrintWriter(Writer.nullWriter())).start(mark.settings());
                done.add("started in %.1f s".formatted((System.nanoTime() - startedNs) / 1e9));
            }
            mark.write(paths);
            done.addAll(apply(configuration));
            awaitForwarding(ports);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CliException(ExitCode.FAILED, "interrupted");
        }
        return done;
    }

    /** Ends the node and removes all its files. */
    void remove() {
        try {
            NodeStop.stop(paths);
            FileTree.remove(paths.stateDirectory());
            FileTree.remove(paths.logDirectory());
            Files.deleteIfExists(paths.controlSocket());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the node; it keeps its configuration. */
    void stop() {
        try {
            NodeStop.stop(paths);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isRunning() {
        NodeProcesses processes = new NodeProcesses(paths);
        return processes.supervisor().isPresent() && processes.controlAnswers() && processes.dataPlaneReady();
    }

    private ControlClient client() {
        return ControlClient.connect(paths.controlSocket());
    }

    private List<String> apply(Configuration configuration) {
        JsonNode outcome = client().put("/v1/config?comment=lab", ConfigurationWriter.toYaml(configuration));
        List<String> done = new ArrayList<>();
        if (!outcome.path("diff").path("changes").isEmpty()) {
            done.add("configuration version " + outcome.path("version").asLong() + " is active");
        }
        for (JsonNode repair : outcome.path("report").path("repaired")) {
            done.add("repaired " + repair.path("router").asString() + ": "
                    + repair.path("subject").asString() + " was found "
                    + repair.path("text").asString());
        }
        return done;
    }

    private void awaitForwarding(List<String> ports) throws InterruptedException {
        long startedNs = System.nanoTime();
        String missing = missing(ports);
        while (!missing.isEmpty()) {
            if (System.nanoTime() - startedNs > READY_NS) {
                throw new CliException(
                        ExitCode.FAILED,
                        missing + " after " + TimeUnit.NANOSECONDS.toSeconds(READY_NS) + " s; logs in "
                                + paths.logDirectory());
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
            missing = missing(ports);
        }
    }

    /** What keeps the node from forwarding, or nothing. */
    private String missing(List<String> ports) {
        String state =
                client().get("/v1/status").path("dataplane").path("state").asString("");
        return state.equals(RUNNING)
                ? String.join("; ", NodePorts.down(client(), ports))
                : "the data plane is " + state.toLowerCase(Locale.ROOT);
    }
}

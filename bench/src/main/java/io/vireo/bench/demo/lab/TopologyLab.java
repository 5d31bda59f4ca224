package io.vireo.bench.demo.lab;

import io.vireo.control.cli.ControlClient;
import io.vireo.control.process.Command;
import io.vireo.control.supervisor.NodePaths;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** A lab of several nodes that {@code vireo lab} makes of a topology. */
public final class TopologyLab {
    private static final Duration UP_DEADLINE = Duration.ofMinutes(5);
    private static final Duration KEYS_DEADLINE = Duration.ofSeconds(60);

    private final Launcher launcher;
    private final String name;
    private final List<String> nodes;

    /**
     * @param name  of the lab, as its topology has it
     * @param nodes its nodes' names
     */
    public TopologyLab(Launcher launcher, String name, List<String> nodes) {
        this.launcher = launcher;
        this.name = name;
        this.nodes = nodes;
    }

    /** Makes it, after what may have been left of an earlier one. */
    public void up(Path topology) {
        down();
        launcher.vireo("lab", "up", "-f", topology.toString())
                .within(UP_DEADLINE)
                .runOrThrow();
    }

    /** Removes it; does nothing when there is none. */
    public void down() {
        launcher.vireo("lab", "down", "--name", name).within(UP_DEADLINE).run();
    }

    /**
     * One of its hosts.
     *
     * @param addresses as in the topology
     */
    public Host host(String host, String... addresses) {
        return new Host(name + "-" + host, name + "-" + host, List.of(addresses), List.of());
    }

    /** The Linux device of a port of a node. */
    public String device(String node, String port) {
        return name + "-" + node + "-" + port;
    }

    /** Gives all ESP tunnels keys; returns what the command says. */
    public String exchangeKeys() {
        List<String> arguments = new ArrayList<>(List.of("keys", "run", "--once"));
        nodes.forEach(node -> arguments.addAll(List.of("--peer", socketOf(node).toString())));
        return launcher.vireo(arguments.toArray(String[]::new))
                .within(KEYS_DEADLINE)
                .runOrThrow();
    }

    private Path socketOf(String node) {
        return NodePaths.of(name + "-" + node).controlSocket();
    }

    /** The virtual links of a node. */
    public JsonNode links(String node) {
        return ControlClient.connect(socketOf(node)).get("/v1/links");
    }

    /** Its nodes' names. */
    public List<String> nodes() {
        return nodes;
    }

    /** Where its nodes write their logs. */
    public Stream<Path> logDirectories() {
        return nodes.stream().map(node -> NodePaths.of(name + "-" + node).logDirectory());
    }

    /** Copies its nodes' logs, for who wants to know why a check failed. */
    public void copyLogs(Path directory) {
        DemoNode.remove(directory);
        Command.of("mkdir", "-p", directory.toString()).run();
        logDirectories()
                .forEach(log -> Command.of("cp", "-r", log.toString(), directory.toString())
                        .run());
    }
}

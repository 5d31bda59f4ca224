package io.vireo.bench.demo.lab;

import io.vireo.control.process.Command;
import io.vireo.control.supervisor.NodePaths;
import io.vireo.control.supervisor.NodeProcesses;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;

/** The demo's own node, driven as a user would: through the launcher and its commands. */
public final class DemoNode {
    /** Name of the node; part of the names of its namespaces. */
    public static final String NAME = "demo";

    private static final Duration UP_DEADLINE = Duration.ofSeconds(90);

    private final Launcher launcher;
    private final NodeProcesses processes = new NodeProcesses(NodePaths.of(NAME));

    /** @param home the checkout that holds the launcher */
    public DemoNode(Path home) {
        launcher = new Launcher(home);
    }

    /** Starts the node with a configuration. */
    public void up(Path configuration) {
        vireo("up", "--node", NAME, "-f", configuration.toString())
                .within(UP_DEADLINE)
                .runOrThrow();
    }

    /** Ends the node and removes its namespaces; does nothing when it does not run. */
    public void down() {
        vireo("down", "--node", NAME).within(UP_DEADLINE).run();
    }

    /** Removes the configuration a stopped node would start with, and its logs. */
    public void forget() {
        NodePaths paths = NodePaths.of(NAME);
        remove(paths.stateDirectory());
        remove(paths.logDirectory());
    }

    /** Moves the logs of a stopped node to a directory, for who wants to know why a check failed. */
    public void moveLogs(Path directory) {
        remove(directory);
        Command.of("mv", NodePaths.of(NAME).logDirectory().toString(), directory.toString())
                .run();
    }

    /** Removes a directory with all that is in it, if it is there. */
    public static void remove(Path directory) {
        Command.of("rm", "-rf", directory.toString()).run();
    }

    /** A command of Vireo's command line. */
    public Command vireo(String... arguments) {
        return launcher.vireo(arguments);
    }

    /** A Linux program to run inside a virtual router: {@code vireo exec ROUTER -- PROGRAM…}. */
    public Command exec(String router, String... program) {
        List<String> arguments = new ArrayList<>(List.of("exec", "--node", NAME, router, "--"));
        arguments.addAll(List.of(program));
        return vireo(arguments.toArray(String[]::new));
    }

    /** The namespace of a virtual router. */
    public String namespaceOf(String vpn, String router) {
        return "vireo-" + NAME + "-" + vpn + "-" + router;
    }

    /** Whether the data plane itself holds a route, whatever the kernel's tables say. */
    public boolean holdsRoute(String router, String prefix) {
        for (JsonNode route : launcher.json("show", "routes", "--node", NAME, "--json", router)) {
            if (route.path("prefix").asString().equals(prefix)) {
                return true;
            }
        }
        return false;
    }

    /** What the data plane has counted for a virtual router. */
    public RouterTraffic traffic(String vpn, String router) {
        for (JsonNode candidate :
                launcher.json("status", "--node", NAME, "--json").path("routers")) {
            if (candidate.path("vpn").asString().equals(vpn)
                    && candidate.path("router").asString().equals(router)) {
                JsonNode counts = candidate.path("counts");
                return new RouterTraffic(
                        counts.path("rxPackets").asLong(),
                        counts.path("txPackets").asLong(),
                        counts.path("puntPackets").asLong());
            }
        }
        throw new IllegalStateException("`vireo status` knows no router " + vpn + "/" + router);
    }

    /** What each class was served during an interval that begins now, by its key. Blocks for a little longer. */
    public Map<String, ClassMeasure> classes(Duration interval) {
        Map<String, ClassMeasure> classes = new HashMap<>();
        String time = interval.toMillis() + "ms";
        for (JsonNode rates : launcher.json("show", "classes", "--node", NAME, "--json", "--interval", time)) {
            classes.put(rates.path("status").path("key").asString(), ClassMeasure.of(rates));
        }
        return classes;
    }

    /** The running process of a service: {@code dataplane} or {@code control}. */
    public ProcessHandle process(String service) {
        return processes
                .service(service)
                .orElseThrow(() -> new IllegalStateException("the node's " + service + " does not run"));
    }

    /**
     * What a packet from host to host waits for: the threads of the running data plane that forward, the JVM's, at whose safepoints
     * they stop until it has done, and the kernel's, which take packets from a veth to its peer.
     */
    public ThreadSet workers() {
        long pid = process("dataplane").pid();
        return ThreadSet.named(pid, "worker-")
                .and(ThreadSet.named(pid, "VM Thread"))
                .and(ThreadSet.softIrqs());
    }

    /** Whether a service runs. */
    public boolean runs(String service) {
        return processes.service(service).isPresent();
    }

    /** Whether control takes connections. */
    public boolean controlAnswers() {
        return processes.controlAnswers();
    }

    /** Kills a service with signal 9, as the kernel would. */
    public void kill(String service) {
        process(service).destroyForcibly();
    }

    /** Waits until {@code condition} holds; false when it does not within {@code deadline}. */
    public static boolean await(Duration deadline, BooleanSupplier condition) throws InterruptedException {
        long deadlineNs = System.nanoTime() + deadline.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadlineNs) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return true;
    }
}

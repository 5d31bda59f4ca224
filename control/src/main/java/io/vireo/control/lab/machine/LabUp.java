package io.vireo.control.lab.machine;

import io.vireo.control.cli.CliException;
import io.vireo.control.cli.ExitCode;
import io.vireo.control.lab.topology.LabDesign;
import io.vireo.control.lab.topology.LabHost;
import io.vireo.control.lab.topology.LabNames;
import io.vireo.control.lab.topology.LabNode;
import io.vireo.control.lab.topology.LabTopology;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Makes a lab what it shall be: what is not its any more goes, then what is missing comes, links before the nodes whose ports they
 * are. Done again it repairs. Used once, by one thread; needs root.
 */
public final class LabUp {
    private final LabDesign design;
    private final LabTopology topology;
    private final LabNames names;
    private final Consumer<String> out;
    private final AtomicBoolean hasChanged = new AtomicBoolean();

    /**
     * To bring up a lab.
     *
     * @param out takes a line for each thing that is done.
     */
    public LabUp(LabDesign design, Consumer<String> out) {
        this.design = design;
        this.topology = design.topology();
        this.names = topology.names();
        this.out = out;
    }

    /**
     * Brings it up.
     *
     * @return whether anything had to be done.
     * @throws CliException when something is in the way, and then nothing was changed; or when something fails.
     */
    public boolean run() {
        try (LabLock _ = LabLock.take(names)) {
            LabPlan plan = LabPlan.toBring(design, InventoryReader.read(names));
            if (!plan.conflicts().isEmpty()) {
                throw new CliException(
                        ExitCode.REFUSED,
                        "something is in the way of the lab; nothing was changed\n  "
                                + String.join("\n  ", plan.conflicts()));
            }
            removeWhatIsNoMore(plan);
            makeHostsAndLinks(plan);
            startNodes(plan);
            return hasChanged.get();
        }
    }

    private void removeWhatIsNoMore(LabPlan plan) {
        NodeTasks.forEach(List.copyOf(plan.nodesToRemove()), node -> {
            new NodeRunner(node).remove();
            say("node " + node + ": removed");
        });
        new LabDown(names, this::say).removeDevices(plan);
    }

    private void makeHostsAndLinks(LabPlan plan) {
        HostMaker hosts = new HostMaker(topology);
        for (LabHost host : plan.hostsToMake()) {
            step("host " + host.name(), () -> hosts.make(host));
            say("host " + host.name() + ": made");
        }
        for (Wire wire : plan.wiresToMake()) {
            step("link " + wire.label(), () -> {
                WireMaker.make(wire);
                WireMaker.adjust(wire);
            });
            say("link " + wire.label() + ": made");
        }
        for (Wire wire : Wire.of(design)) {
            step("link " + wire.label(), () -> WireMaker.adjust(wire).forEach(repair -> say("link " + repair)));
        }
        for (LabHost host : topology.hosts()) {
            boolean isNew = plan.hostsToMake().contains(host);
            step(
                    "host " + host.name(),
                    () -> hosts.configure(host).forEach(repair -> {
                        if (!isNew) { // whoever makes a host need not hear of each of its addresses
                            say("host " + repair);
                        }
                    }));
        }
    }

    private void startNodes(LabPlan plan) {
        Map<String, LabNode> nodes = new HashMap<>();
        topology.nodes().forEach(node -> nodes.put(names.node(node.name()), node));
        List<String> inOrder =
                topology.nodes().stream().map(node -> names.node(node.name())).toList();
        NodeTasks.forEach(inOrder, name -> {
            LabNode node = Objects.requireNonNull(nodes.get(name));
            NodeRunner runner = new NodeRunner(name);
            if (plan.nodesToRestart().contains(name)) {
                runner.stop();
                say("node " + name + ": stopped, as its settings are others now");
            }
            List<String> done = runner.start(
                    new NodeMark(names.lab(), LabSettings.of(node)),
                    design.configuration(node.name()),
                    topology.joinedPorts(node.name()));
            if (!done.isEmpty()) {
                say("node " + name + ": " + String.join("; ", done));
            }
        });
    }

    private void say(String line) {
        hasChanged.set(true);
        out.accept(line);
    }

    private static void step(String what, Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            throw new CliException(ExitCode.FAILED, what + ": " + (e.getMessage() == null ? e : e.getMessage()));
        }
    }
}

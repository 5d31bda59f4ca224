package io.vireo.control.lab.machine;

import io.vireo.control.lab.topology.LabNames;
import io.vireo.control.linux.NetworkNamespace;
import java.util.List;
import java.util.function.Consumer;

/** Removes whatever bears the mark of a lab, and nothing else. Used once, by one thread; needs root. */
public final class LabDown {
    private final LabNames names;
    private final Consumer<String> out;

    /**
     * To take down a lab.
     *
     * @param out takes a line for each thing that is done.
     */
    public LabDown(LabNames names, Consumer<String> out) {
        this.names = names;
        this.out = out;
    }

    /** Takes it down; returns whether anything was there. */
    public boolean run() {
        try (LabLock _ = LabLock.take(names)) {
            LabPlan plan = LabPlan.toRemove(InventoryReader.read(names));
            NodeTasks.forEach(List.copyOf(plan.nodesToRemove()), node -> {
                new NodeRunner(node).remove();
                out.accept("node " + node + ": removed");
            });
            removeDevices(plan);
            return !plan.isEmpty();
        }
    }

    /** Removes the plan's devices and hosts, not its nodes. */
    void removeDevices(LabPlan plan) {
        for (WireEnd end : plan.endsToRemove()) {
            WireMaker.remove(end);
        }
        if (!plan.endsToRemove().isEmpty()) {
            out.accept("links: removed "
                    + plan.endsToRemove().stream().map(WireEnd::toString).toList());
        }
        for (String host : plan.hostsToRemove()) {
            NetworkNamespace.delete(host);
            out.accept("host " + host + ": removed");
        }
    }
}

package io.vireo.control.node.reconcile;

import io.vireo.control.node.audit.DriftWatch;
import io.vireo.control.node.events.Events;
import io.vireo.control.node.namespace.Drift;
import io.vireo.control.node.plan.NodePlan;
import io.vireo.control.node.topology.InterfacePlan;
import io.vireo.control.node.topology.RouterPlan;
import io.vireo.control.view.Repair;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Restores in Linux what the configuration says and somebody has removed or changed. What others have added is left alone.
 * Called by one thread at a time.
 */
final class LinuxRepair {
    private final LinuxSide linux;
    private final DataplaneSide dataplane;
    private final Events events;
    private final List<Repair> repairs = new ArrayList<>();

    LinuxRepair(LinuxSide linux, DataplaneSide dataplane, Events events) {
        this.linux = linux;
        this.dataplane = dataplane;
        this.events = events;
    }

    /** What has been restored so far. */
    List<Repair> repairs() {
        return List.copyOf(repairs);
    }

    /** Makes the TAP devices anew that are gone, or no longer of their name; their configuration comes later. */
    void restoreDevices(RouterPlan router, NodePlan to) {
        for (InterfacePlan lost : linux.lostTaps(router)) {
            dataplane.rebind(lost, to, () -> linux.recreateTap(lost, to));
            repairs.add(new Repair(router.key(), "interface " + lost.name(), "missing"));
        }
    }

    /** Restores everything else; to be called when what was changed in the configuration has been brought to Linux. */
    void restore(RouterPlan router) {
        List<Drift> before = linux.drift(router);
        if (before.isEmpty()) {
            return;
        }
        linux.restore(router);
        List<Drift> after = linux.drift(router);
        if (!after.isEmpty()) {
            events.error("linux.drift", router.key(), "could not be restored: " + DriftWatch.text(after));
        }
        Set<Drift> remaining = new HashSet<>(after);
        List<Drift> restored =
                before.stream().filter(drift -> !remaining.contains(drift)).toList();
        restored.forEach(drift -> repairs.add(new Repair(router.key(), drift.subject(), drift.text())));
        if (!restored.isEmpty()) {
            events.warning(
                    "linux.repaired",
                    router.key(),
                    "was not as configured and was restored: " + DriftWatch.text(restored),
                    Map.of("differences", Integer.toString(restored.size())));
        }
    }
}

package io.vireo.control.node.plan;

import io.vireo.control.model.Attachment.FarEnd;
import io.vireo.control.node.scheduling.SchedulingDifference;
import io.vireo.control.node.topology.InterfacePlan;
import io.vireo.control.node.topology.LabelPlan;
import io.vireo.control.node.topology.PortPlan;
import io.vireo.control.node.topology.RouterPlan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What has to be done to get from one plan to another. An element that has moved (an interface to another port, a port
 * to another device) is in {@code removed} and in {@code added}.
 *
 * @param flowSeedsChanged 1 if flows are hashed in another way, else 0
 * @param changed interfaces that stay where they are, with another address, MTU or state
 * @param labels what routers are to do with labels that come, change, or lead by an interface that is added
 * @param labelsRemoved labels that go from routers that stay
 * @param scheduling what becomes of rates, quotas, classes and filters
 * @param routersChanged routers that stay, with other limits, addresses or routes
 */
public record PlanDifference(
        int flowSeedsChanged,
        List<PortPlan> portsRemoved,
        List<PortPlan> portsAdded,
        List<RouterPlan> routersRemoved,
        List<RouterPlan> routersAdded,
        List<RouterPlan> routersChanged,
        List<InterfacePlan> removed,
        List<InterfacePlan> added,
        List<InterfacePlan> changed,
        List<LabelPlan> labels,
        List<LabelPlan> labelsRemoved,
        SchedulingDifference scheduling) {

    public static PlanDifference between(NodePlan from, NodePlan to) {
        List<PortPlan> portsRemoved = from.ports().values().stream()
                .filter(port -> !port.isSameDevice(to.ports().get(port.name())))
                .toList();
        List<PortPlan> portsAdded = to.ports().values().stream()
                .filter(port -> !port.isSameDevice(from.ports().get(port.name())))
                .toList();
        List<RouterPlan> routersRemoved = from.routers().values().stream()
                .filter(router -> !isSameRouter(router, to.routers().get(router.key())))
                .toList();
        List<RouterPlan> routersAdded = to.routers().values().stream()
                .filter(router -> !isSameRouter(router, from.routers().get(router.key())))
                .toList();
        List<RouterPlan> routersChanged = to.routers().values().stream()
                .filter(router -> isSameRouter(router, from.routers().get(router.key()))
                        && !router.equals(from.routers().get(router.key())))
                .toList();
        Set<String> lostPorts = new HashSet<>();
        portsRemoved.forEach(port -> lostPorts.add(port.name()));
        Set<String> lostRouters = new HashSet<>();
        routersRemoved.forEach(router -> lostRouters.add(router.key()));

        List<InterfacePlan> removed = new ArrayList<>();
        for (InterfacePlan before : from.interfaces().values()) {
            InterfacePlan after = to.interfaces().get(before.key());
            if (after == null || !before.isSamePlace(after) || loses(before, lostPorts, lostRouters)) {
                removed.add(before);
            }
        }
        Set<String> removedKeys = new HashSet<>();
        removed.forEach(interfacePlan -> removedKeys.add(interfacePlan.key()));
        List<InterfacePlan> added = new ArrayList<>();
        List<InterfacePlan> changed = new ArrayList<>();
        for (InterfacePlan after : to.interfaces().values()) {
            InterfacePlan before = from.interfaces().get(after.key());
            if (before == null || removedKeys.contains(after.key())) {
                added.add(after);
            } else if (!before.equals(after)) {
                changed.add(after);
            }
        }
        return new PlanDifference(
                from.flowSeed() == to.flowSeed() ? 0 : 1,
                portsRemoved,
                portsAdded,
                routersRemoved,
                routersAdded,
                routersChanged,
                removed,
                added,
                changed,
                labels(from, to, routersAdded, added),
                labelsRemoved(from, to, lostRouters),
                SchedulingDifference.between(schedulingOf(from), schedulingOf(to), portsAdded, removed));
    }

    private static List<LabelPlan> labels(
            NodePlan from, NodePlan to, List<RouterPlan> routersAdded, List<InterfacePlan> added) {
        Map<String, LabelPlan> before = from.labels();
        Set<String> newRouters = new HashSet<>();
        routersAdded.forEach(router -> newRouters.add(router.key()));
        Set<Integer> newInterfaces = new HashSet<>();
        added.forEach(each -> newInterfaces.add(each.interfaceId()));
        return to.labels().values().stream()
                .filter(label -> !label.equals(before.get(label.key()))
                        || newRouters.contains(label.routerKey())
                        || label.usesAny(newInterfaces))
                .toList();
    }

    private static List<LabelPlan> labelsRemoved(NodePlan from, NodePlan to, Set<String> lostRouters) {
        Map<String, LabelPlan> after = to.labels();
        return from.labels().values().stream()
                .filter(label -> !after.containsKey(label.key()) && !lostRouters.contains(label.routerKey()))
                .toList();
    }

    /** Whether a port that is added cannot be opened before another with its device or name is closed. */
    public boolean isReplaced(PortPlan added) {
        return portsRemoved.stream()
                .anyMatch(gone -> gone.name().equals(added.name())
                        || gone.port().device().equals(added.port().device()));
    }

    /** What of it concerns Linux: neither routers without a namespace nor their interfaces. */
    public PlanDifference inLinux() {
        return new PlanDifference(
                flowSeedsChanged,
                portsRemoved,
                portsAdded,
                withNamespace(routersRemoved),
                withNamespace(routersAdded),
                withNamespace(routersChanged),
                withDevice(removed),
                withDevice(added),
                withDevice(changed),
                labels,
                labelsRemoved,
                scheduling);
    }

    private static List<RouterPlan> withNamespace(List<RouterPlan> routers) {
        return routers.stream().filter(RouterPlan::hasNamespace).toList();
    }

    private static List<InterfacePlan> withDevice(List<InterfacePlan> interfaces) {
        return interfaces.stream()
                .filter(interfacePlan -> interfacePlan.attachment().hasDevice())
                .toList();
    }

    /** How many elements there are of each kind, for the report. */
    public int createdCount() {
        return portsAdded.size() + routersAdded.size() + added.size() + scheduling.addedCount();
    }

    public int changedCount() {
        return flowSeedsChanged + routersChanged.size() + changed.size() + scheduling.changedCount();
    }

    public int removedCount() {
        return portsRemoved.size() + routersRemoved.size() + removed.size() + scheduling.removedCount();
    }

    private static SchedulingDifference.Side schedulingOf(NodePlan plan) {
        return new SchedulingDifference.Side(plan.ports(), plan.scheduling());
    }

    private static boolean isSameRouter(RouterPlan one, @Nullable RouterPlan other) {
        return other != null && one.routerId() == other.routerId() && one.vpnId() == other.vpnId();
    }

    /** Whether it loses its router, its port, or the router that forwards its outer packets. */
    private static boolean loses(InterfacePlan interfacePlan, Set<String> lostPorts, Set<String> lostRouters) {
        String port = interfacePlan.attachment().port();
        FarEnd farEnd = interfacePlan.attachment().farEnd();
        return lostRouters.contains(interfacePlan.routerKey())
                || (port != null && lostPorts.contains(port))
                || (farEnd != null && lostRouters.contains(farEnd.underlay().toString()));
    }
}

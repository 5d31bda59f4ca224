package io.vireo.control.lab.machine;

import io.vireo.control.lab.topology.LabDesign;
import io.vireo.control.lab.topology.LabHost;
import io.vireo.control.lab.topology.LabNode;
import io.vireo.control.linux.netlink.LinkMessage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What has to be made and removed for a lab to be as it shall be. Computed from what is wished and what was found; changes nothing.
 *
 * @param conflicts      what is in the way and not the lab's: as long as there is any, nothing may be changed.
 * @param nodesToRemove  nodes of the lab that it shall not have any more, by the machine's names.
 * @param nodesToRestart those whose data plane has other settings than it shall.
 * @param endsToRemove   devices of the lab that are no link's any more, or only half of it.
 * @param hostsToRemove  namespaces of hosts that it shall not have any more.
 * @param hostsToMake    hosts that are missing.
 * @param wiresToMake    links that are missing.
 */
public record LabPlan(
        List<String> conflicts,
        Set<String> nodesToRemove,
        Set<String> nodesToRestart,
        Set<WireEnd> endsToRemove,
        Set<String> hostsToRemove,
        List<LabHost> hostsToMake,
        List<Wire> wiresToMake) {

    /** For the lab to be there. */
    public static LabPlan toBring(LabDesign design, LabInventory found) {
        LabPlan plan = empty();
        plan.planNodes(design, found);
        plan.planHosts(design, found);
        plan.planWires(Wire.of(design), found);
        return plan;
    }

    /** For nothing of the lab to be there. */
    public static LabPlan toRemove(LabInventory found) {
        LabPlan plan = empty();
        found.nodes().keySet().stream().filter(found::isOwnNode).forEach(plan.nodesToRemove::add);
        found.hosts().keySet().stream().filter(found::isOwnHost).forEach(plan.hostsToRemove::add);
        plan.removeOthers(Set.of(), found);
        return plan;
    }

    /** Whether there is nothing to make or remove. */
    public boolean isEmpty() {
        return nodesToRemove.isEmpty()
                && nodesToRestart.isEmpty()
                && endsToRemove.isEmpty()
                && hostsToRemove.isEmpty()
                && hostsToMake.isEmpty()
                && wiresToMake.isEmpty();
    }

    private static LabPlan empty() {
        return new LabPlan(
                new ArrayList<>(),
                new LinkedHashSet<>(),
                new LinkedHashSet<>(),
                new LinkedHashSet<>(),
                new LinkedHashSet<>(),
                new ArrayList<>(),
                new ArrayList<>());
    }

    private void planNodes(LabDesign design, LabInventory found) {
        Set<String> wanted = new HashSet<>();
        for (LabNode node : design.topology().nodes()) {
            String name = design.topology().names().node(node.name());
            wanted.add(name);
            if (!found.nodes().containsKey(name)) {
                continue;
            }
            if (!found.isOwnNode(name)) {
                conflicts.add("there is a node " + name + " that this lab has not made (vireo down --node " + name
                        + ", and /var/lib/vireo/" + name + " out of the way)");
            } else if (!found.nodes().get(name).orElseThrow().settings().equals(LabSettings.of(node))) {
                nodesToRestart.add(name);
            }
        }
        found.nodes().keySet().stream()
                .filter(name -> found.isOwnNode(name) && !wanted.contains(name))
                .forEach(nodesToRemove::add);
    }

    private void planHosts(LabDesign design, LabInventory found) {
        Set<String> wanted = new HashSet<>();
        for (LabHost host : design.topology().hosts()) {
            String namespace = design.topology().names().namespace(host.name());
            wanted.add(namespace);
            if (!found.hosts().containsKey(namespace)) {
                hostsToMake.add(host);
            } else if (!found.isOwnHost(namespace)) {
                conflicts.add("there is a network namespace " + namespace + " that this lab has not made (ip netns del "
                        + namespace + ")");
            }
        }
        found.hosts().keySet().stream()
                .filter(name -> found.isOwnHost(name) && !wanted.contains(name))
                .forEach(hostsToRemove::add);
    }

    private void planWires(List<Wire> wires, LabInventory found) {
        Set<String> complete = new HashSet<>();
        for (Wire wire : wires) {
            boolean isThere = true;
            for (WireEnd end : wire.ends()) {
                LinkMessage link = found.link(end);
                isThere &= link != null && link.alias().equals(wire.mark());
                if (link != null && !found.isOwn(link.alias())) {
                    conflicts.add("there is a Linux interface " + end + " that this lab has not made");
                }
            }
            if (isThere) {
                complete.add(wire.mark());
            } else {
                wiresToMake.add(wire);
            }
        }
        removeOthers(complete, found);
    }

    private void removeOthers(Set<String> keptMarks, LabInventory found) {
        removeOthers(keptMarks, found, WireEnd.MACHINE, found.links());
        found.hosts().forEach((name, host) -> removeOthers(keptMarks, found, name, host.links()));
    }

    private void removeOthers(
            Set<String> keptMarks, LabInventory found, String namespace, Map<String, LinkMessage> links) {
        for (LinkMessage link : links.values()) {
            boolean isLoopback = (link.flags() & LinkMessage.LOOPBACK) != 0;
            if (!isLoopback && found.isOwn(link.alias()) && !keptMarks.contains(link.alias())) {
                endsToRemove.add(new WireEnd(namespace, link.name()));
            }
        }
    }
}

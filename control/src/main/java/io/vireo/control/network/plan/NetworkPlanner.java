package io.vireo.control.network.plan;

import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.Problem;
import io.vireo.control.model.document.ConfigurationReader;
import io.vireo.control.network.controller.PartPlanner;
import io.vireo.control.network.controller.PlannedNetwork;
import io.vireo.control.network.controller.SubstrateLoad;
import io.vireo.control.network.controller.VirtualLinkPath;
import io.vireo.control.network.controller.VirtualLinkPath.LinkEnd;
import io.vireo.control.network.model.NetworkDocument;
import io.vireo.control.network.model.NetworkLink;
import io.vireo.control.network.model.NetworkLink.PortEnd;
import io.vireo.control.network.model.NetworkNode;
import io.vireo.control.network.model.NetworkReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes parts of network documents. */
public final class NetworkPlanner implements PartPlanner {

    @Override
    public PlannedNetwork plan(String document, String allocations, Set<String> downLinks)
            throws InvalidConfigurationException {
        NetworkDocument network = NetworkReader.read(document);
        List<Problem> problems = new ArrayList<>();
        checkLinks(network, problems);
        Map<String, String> places = new Placement(network, problems).place();
        Allocations taken = new Allocations(allocations);
        Capacity capacity = new Capacity(downLinks);
        List<RoutedLink> links = new LinkRouting(network, places, capacity, taken, problems).route(network);
        throwIf(problems);
        Map<String, String> parts = new PartWriter(network, places, links, taken).write();
        checkParts(parts, problems);
        throwIf(problems);
        return new PlannedNetwork(
                network.nodes().stream().collect(Collectors.toMap(NetworkNode::name, NetworkNode::api)),
                parts,
                taken.toText(),
                links.stream().map(NetworkPlanner::path).toList(),
                List.of(),
                network.links().stream()
                        .flatMap(link ->
                                List.of(load(link, link.a(), capacity), load(link, link.b(), capacity)).stream())
                        .toList());
    }

    @Override
    public Map<String, Object> tree(String document) throws InvalidConfigurationException {
        return NetworkReader.tree(document);
    }

    private static void throwIf(List<Problem> problems) throws InvalidConfigurationException {
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(problems);
        }
    }

    private static void checkLinks(NetworkDocument network, List<Problem> problems) {
        Set<String> nodes = network.nodes().stream().map(NetworkNode::name).collect(Collectors.toSet());
        for (NetworkLink link : network.links()) {
            for (PortEnd end : List.of(link.a(), link.b())) {
                if (!nodes.contains(end.node())) {
                    problems.add(Problem.at("substrate.links[" + link.name() + "]", "there is no node " + end.node()));
                }
            }
        }
    }

    /** Whatever a node's reader would refuse is refused before any node is asked. */
    private static void checkParts(Map<String, String> parts, List<Problem> problems) {
        parts.forEach((node, part) -> {
            try {
                ConfigurationReader.read(part);
            } catch (InvalidConfigurationException e) {
                e.problems()
                        .forEach(problem -> problems.add(new Problem(
                                "nodes[" + node + "]." + problem.path(), problem.value(), problem.reason(), 0, 0)));
            }
        });
    }

    private static VirtualLinkPath path(RoutedLink link) {
        return new VirtualLinkPath(
                link.vpn().name(),
                link.link().name(),
                end(link, link.nodeA(), link.link().a()),
                end(link, link.nodeB(), link.link().b()),
                link.link().rateBitsPerSecond(),
                link.pathNames());
    }

    private static LinkEnd end(RoutedLink link, String node, String router) {
        return new LinkEnd(
                node, link.vpn().name() + "/" + router + "/" + link.link().name());
    }

    private static SubstrateLoad load(NetworkLink link, PortEnd from, Capacity capacity) {
        return new SubstrateLoad(
                link.name(),
                from.node(),
                from.port(),
                link.farNode(from.node()),
                link.reservableBitsPerSecond(),
                capacity.sold(link),
                capacity.users(link),
                capacity.isUp(link));
    }
}

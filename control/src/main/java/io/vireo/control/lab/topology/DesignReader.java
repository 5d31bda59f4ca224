package io.vireo.control.lab.topology;

import io.vireo.control.model.Configuration;
import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.Limits;
import io.vireo.control.model.Port;
import io.vireo.control.model.Problem;
import io.vireo.control.model.document.yaml.Problems;
import io.vireo.control.model.document.yaml.ReadingGuard;
import io.vireo.control.model.document.yaml.YamlNode;
import io.vireo.control.model.document.yaml.YamlReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a topology, then the documents of its nodes: what is wrong with all of them is reported together. */
final class DesignReader {
    private final LabDesign.Files files;
    private final TopologyReader reader = new TopologyReader();
    private final List<Problem> ofFiles = new ArrayList<>();

    DesignReader(LabDesign.Files files) {
        this.files = files;
    }

    LabDesign read(String text) throws InvalidConfigurationException {
        LabTopology topology = reader.read(text);
        Map<String, Configuration> configurations = new LinkedHashMap<>();
        for (LabNode node : topology.nodes()) {
            try {
                configurations.put(node.name(), readNode(topology, node));
            } catch (InvalidConfigurationException e) {
                e.problems().forEach(problem -> ofFiles.add(in(node, problem)));
            }
        }
        refuseProblems();
        Map<String, Integer> mtus = new LinkedHashMap<>();
        topology.links().forEach(link -> mtus.put(link.label(), mtu(link, configurations)));
        refuseProblems();
        return new LabDesign(topology, configurations, mtus);
    }

    private void refuseProblems() throws InvalidConfigurationException {
        List<Problem> all = new ArrayList<>(reader.problems().sorted());
        all.addAll(ofFiles);
        if (!all.isEmpty()) {
            throw new InvalidConfigurationException(all);
        }
    }

    private Configuration readNode(LabTopology topology, LabNode node) throws InvalidConfigurationException {
        YamlNode root = document(node);
        List<String> ports = NodeDocument.portNames(root);
        Map<String, String> devices = new HashMap<>();
        for (LabLink link : topology.links()) {
            for (LabEnd end : link.ends()) {
                if (!(end instanceof LabEnd.OfNode) || !end.owner().equals(node.name())) {
                    continue;
                }
                devices.put(end.device(), topology.names().portDevice(node.name(), end.device()));
                if (!ports.contains(end.device())) {
                    reader.problems()
                            .add(
                                    reader.origins().of(end),
                                    "port",
                                    "is no port of the configuration of node " + node.name() + "; it has "
                                            + (ports.isEmpty() ? "none" : String.join(", ", ports)));
                }
            }
        }
        return NodeDocument.read(node.name(), root, devices);
    }

    private YamlNode document(LabNode node) throws InvalidConfigurationException {
        if (node.configuration() != null) {
            return node.configuration();
        }
        String file = String.valueOf(node.configFile());
        String text;
        try {
            text = files.read(file);
        } catch (IllegalArgumentException e) {
            throw new InvalidConfigurationException(List.of(Problem.at("", String.valueOf(e.getMessage()))));
        }
        Problems problems = new Problems();
        YamlNode root = YamlReader.read(text, problems, ReadingGuard.NONE);
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(problems.sorted());
        }
        return root;
    }

    /** A problem of a file is in that file, not in the topology. */
    private static Problem in(LabNode node, Problem problem) {
        if (node.configFile() == null) {
            return problem;
        }
        String path = node.configFile() + (problem.line() > 0 ? ":" + problem.line() + ":" + problem.column() : "");
        return new Problem(
                problem.path().isEmpty() ? path : path + ": " + problem.path(),
                problem.value(),
                problem.reason(),
                0,
                0);
    }

    /** The link's own, or what its ports need. */
    private int mtu(LabLink link, Map<String, Configuration> configurations) {
        int needed = Limits.MIN_MTU;
        boolean isOfPorts = false;
        for (LabEnd end : link.ends()) {
            if (end instanceof LabEnd.OfNode of) {
                int port = portMtu(configurations, of);
                isOfPorts = true;
                needed = Math.max(needed, port);
                if (link.mtu() != null && link.mtu() < port) {
                    reader.problems()
                            .add(
                                    reader.origins().of(link),
                                    "mtu",
                                    "is less than the " + port + " bytes of port " + of.label());
                }
            }
        }
        if (link.mtu() != null) {
            return link.mtu();
        }
        return isOfPorts ? needed : Limits.DEFAULT_MTU;
    }

    private static int portMtu(Map<String, Configuration> configurations, LabEnd.OfNode end) {
        Configuration configuration = configurations.get(end.owner());
        if (configuration == null) {
            return Limits.MIN_MTU;
        }
        return configuration.ports().stream()
                .filter(port -> port.name().equals(end.device()))
                .mapToInt(Port::mtu)
                .findFirst()
                .orElse(Limits.MIN_MTU);
    }
}

package io.vireo.control.lab.topology;

import io.vireo.control.model.InterfaceAddress;
import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.IpAddress;
import io.vireo.control.model.Limits;
import io.vireo.control.model.document.yaml.Fields;
import io.vireo.control.model.document.yaml.Origins;
import io.vireo.control.model.document.yaml.Problems;
import io.vireo.control.model.document.yaml.ReadingGuard;
import io.vireo.control.model.document.yaml.Scalars;
import io.vireo.control.model.document.yaml.YamlNode;
import io.vireo.control.model.document.yaml.YamlReader;
import io.vireo.dataplane.SharedMemoryNeed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a topology document. The names of its fields stand here. */
final class TopologyReader {
    private static final int MAX_WORKERS = 16;

    private final Problems problems = new Problems();
    private final Origins origins = new Origins();

    /** What is wrong so far. */
    Problems problems() {
        return problems;
    }

    /** Where each record stands. */
    Origins origins() {
        return origins;
    }

    /**
     * Reads and checks a topology.
     *
     * @throws InvalidConfigurationException with everything that is wrong.
     */
    LabTopology read(String text) throws InvalidConfigurationException {
        Fields fields = Fields.of(YamlReader.read(text, problems, ReadingGuard.NONE), problems);
        LabTopology topology = fields == null ? null : readRoot(fields);
        if (topology == null || !problems.isEmpty()) {
            throw new InvalidConfigurationException(problems.sorted());
        }
        new TopologyCheck(problems, origins).check(topology);
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(problems.sorted());
        }
        return topology;
    }

    /**
     * The name that a document gives its lab, whatever else is wrong with it.
     *
     * @throws InvalidConfigurationException when there is none.
     */
    static String nameOf(String text) throws InvalidConfigurationException {
        Problems problems = new Problems();
        Fields fields = Fields.of(YamlReader.read(text, problems, ReadingGuard.NONE), problems);
        String name = fields == null ? null : fields.required("name", LabNames::check);
        if (name == null) {
            throw new InvalidConfigurationException(problems.sorted());
        }
        return name;
    }

    private @Nullable LabTopology readRoot(Fields fields) {
        String name = fields.required("name", LabNames::check);
        List<LabNode> nodes = fields.list("nodes", this::readNode);
        List<LabHost> hosts = fields.list("hosts", this::readHost);
        List<LabLink> links = fields.list("links", this::readLink);
        fields.finish();
        return name == null ? null : origins.put(new LabTopology(name, nodes, hosts, links), fields.mapping());
    }

    private @Nullable LabNode readNode(YamlNode node) {
        Fields fields = Fields.of(node, problems);
        if (fields == null) {
            return null;
        }
        String name = fields.required("name", LabNames::check);
        String config = fields.optional("config", text -> text);
        YamlNode configuration = fields.optionalNode("configuration", inline -> inline);
        int workers = fields.optional("workers", 1, Scalars.integer(1, MAX_WORKERS));
        Map<String, String> settings = fields.optionalNode("settings", Map.of(), this::readSettings);
        if ((config == null) == (configuration == null)) {
            fields.problem(
                    "config",
                    config == null
                            ? "is missing: the file of the node's configuration, or the document itself as `configuration`"
                            : "is a file, and `configuration` is there too: one of them");
        }
        if (!fields.finish() || name == null) {
            return null;
        }
        return origins.put(new LabNode(name, config, configuration, workers, settings), fields.mapping());
    }

    private @Nullable Map<String, String> readSettings(YamlNode node) {
        Fields fields = Fields.of(node, problems);
        if (fields == null) {
            return null;
        }
        Map<String, String> settings = new LinkedHashMap<>();
        for (String setting : fields.mapping().fields().keySet()) {
            String value = fields.required(setting, text -> checkedSetting(setting, text));
            if (value != null) {
                settings.put(setting, value);
            }
        }
        return fields.finish() ? settings : null;
    }

    private static String checkedSetting(String setting, String value) {
        if (setting.startsWith("vireo.node") || setting.equals("vireo.workers")) {
            throw new IllegalArgumentException(
                    "follows from the node; there is a field for its name, and one for its workers");
        }
        SharedMemoryNeed.bytes(Map.of(setting, value)); // knows the settings and their ranges
        return value;
    }

    private @Nullable LabHost readHost(YamlNode node) {
        Fields fields = Fields.of(node, problems);
        if (fields == null) {
            return null;
        }
        String name = fields.required("name", LabNames::check);
        List<InterfaceAddress> addresses = fields.scalars("addresses", InterfaceAddress::parse);
        List<IpAddress> gateways = fields.oneOrMore("gateway", IpAddress::parse);
        if (!fields.finish() || name == null) {
            return null;
        }
        return origins.put(new LabHost(name, addresses, gateways), fields.mapping());
    }

    private @Nullable LabLink readLink(YamlNode node) {
        Fields fields = Fields.of(node, problems);
        if (fields == null) {
            return null;
        }
        LabEnd a = fields.requiredNode("a", this::readEnd);
        LabEnd b = fields.requiredNode("b", this::readEnd);
        Integer mtu = fields.optional("mtu", Scalars.integer(Limits.MIN_MTU, Limits.MAX_MTU));
        if (!fields.finish() || a == null || b == null) {
            return null;
        }
        return origins.put(new LabLink(a, b, mtu), fields.mapping());
    }

    private @Nullable LabEnd readEnd(YamlNode node) {
        Fields fields = Fields.of(node, problems);
        if (fields == null) {
            return null;
        }
        if (fields.has("node") == fields.has("host")) {
            problems.add(node, "names a node and its port, or a host: one of them");
            return null;
        }
        return fields.has("node") ? readNodeEnd(fields) : readHostEnd(fields);
    }

    private @Nullable LabEnd readNodeEnd(Fields fields) {
        String node = fields.required("node", text -> text);
        String port = fields.required("port", Scalars::name);
        fields.refuse(List.of("interface", "addresses"), "a node: its configuration says them");
        if (!fields.finish() || node == null || port == null) {
            return null;
        }
        return origins.put(new LabEnd.OfNode(node, port), fields.mapping());
    }

    private @Nullable LabEnd readHostEnd(Fields fields) {
        String host = fields.required("host", text -> text);
        String name = fields.optional("interface", LabEnd.DEFAULT_INTERFACE, Scalars::interfaceName);
        List<InterfaceAddress> addresses = fields.scalars("addresses", InterfaceAddress::parse);
        fields.refuse(List.of("port"), "a host: it has interfaces");
        if (!fields.finish() || host == null) {
            return null;
        }
        return origins.put(new LabEnd.OfHost(host, name, addresses), fields.mapping());
    }
}

package io.vireo.control.lab.topology;

import io.vireo.control.model.Configuration;
import io.vireo.control.model.Device;
import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.document.ConfigurationReader;
import io.vireo.control.model.document.yaml.Problems;
import io.vireo.control.model.document.yaml.YamlNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The configuration of a node of a lab: a configuration like any other, but that a port which a link of the topology joins has no
 * {@code device}, or {@code device: lab}: the lab makes it. Other ports say their device themselves.
 */
final class NodeDocument {
    /** What a port of the document may say for its device. */
    private static final String DEVICE_OF_LAB = "lab";

    private static final String DEVICE = "device";

    private final Map<String, String> devices;
    private final Problems problems = new Problems();

    private NodeDocument(Map<String, String> devices) {
        this.devices = devices;
    }

    /**
     * Reads and checks the document.
     *
     * @param node    the node's name: if the document says whose it is, it is this one's.
     * @param root    the document.
     * @param devices the veth device of each port that a link joins.
     * @throws InvalidConfigurationException with what is wrong.
     */
    static Configuration read(String node, YamlNode root, Map<String, String> devices)
            throws InvalidConfigurationException {
        return new NodeDocument(devices).readDocument(node, root);
    }

    /** The names of the ports that the document has. */
    static List<String> portNames(YamlNode root) {
        List<String> names = new ArrayList<>();
        if (root instanceof YamlNode.Mapping document
                && document.fields().get("ports") instanceof YamlNode.Sequence ports) {
            ports.items().forEach(port -> names.add(nameOf(port)));
        }
        return names;
    }

    private Configuration readDocument(String node, YamlNode root) throws InvalidConfigurationException {
        YamlNode complete = withDevices(root);
        if (root instanceof YamlNode.Mapping document
                && document.fields().get("node") instanceof YamlNode.Scalar of
                && !of.text().equals(node)) {
            problems.add(of, "is another node than '" + node + "', whose configuration this is");
        }
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(problems.sorted());
        }
        Configuration read = ConfigurationReader.read(complete);
        // On the machine the node has a longer name.
        return new Configuration(null, read.ecmp(), read.ports(), read.substrate(), read.vpns());
    }

    private YamlNode withDevices(YamlNode root) {
        if (!(root instanceof YamlNode.Mapping document)
                || !(document.fields().get("ports") instanceof YamlNode.Sequence ports)) {
            return root;
        }
        List<YamlNode> completed = ports.items().stream().map(this::withDevice).toList();
        return with(document, "ports", new YamlNode.Sequence(ports.path(), ports.line(), ports.column(), completed));
    }

    private YamlNode withDevice(YamlNode item) {
        if (!(item instanceof YamlNode.Mapping port)) {
            return item;
        }
        YamlNode given = port.fields().get(DEVICE);
        boolean isOfLab = given == null
                || (given instanceof YamlNode.Scalar scalar && scalar.text().equals(DEVICE_OF_LAB));
        String device = devices.get(nameOf(port));
        if (device == null) {
            if (isOfLab) {
                problems.add(port, DEVICE, "is missing, and no link of the topology joins the port");
            }
            return port;
        }
        if (!isOfLab) {
            problems.add(port, DEVICE, "is made by the lab, as a link joins the port: leave it out, or write 'lab'");
        }
        String text = new Device.AfPacket(device).toString();
        return with(port, DEVICE, new YamlNode.Scalar(port.pathOf(DEVICE), port.line(), port.column(), text, false));
    }

    private static YamlNode.Mapping with(YamlNode.Mapping mapping, String field, YamlNode value) {
        Map<String, YamlNode> fields = new LinkedHashMap<>(mapping.fields());
        fields.put(field, value);
        return new YamlNode.Mapping(mapping.path(), mapping.line(), mapping.column(), fields);
    }

    private static String nameOf(YamlNode item) {
        return item instanceof YamlNode.Mapping port && port.fields().get("name") instanceof YamlNode.Scalar name
                ? name.text()
                : "";
    }
}

package io.vireo.control.network.model;

import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.document.yaml.Fields;
import io.vireo.control.model.document.yaml.Problems;
import io.vireo.control.model.document.yaml.ReadingGuard;
import io.vireo.control.model.document.yaml.Scalars;
import io.vireo.control.model.document.yaml.YamlNode;
import io.vireo.control.model.document.yaml.YamlReader;
import io.vireo.control.network.model.NetworkLink.PortEnd;
import io.vireo.control.network.model.NetworkVpn.NetworkRouter;
import io.vireo.control.network.model.NetworkVpn.VpnLink;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a network document, YAML or JSON. */
public final class NetworkReader {
    private static final long MAX_VPN_ID = 0xFFFF_FFFFL;
    private static final int MAX_VLAN = 4_094;
    private static final Pattern PERCENT = Pattern.compile("([0-9]{1,3})%");
    private static final Set<String> OWN_FIELDS = Set.of("name", "node", "on", "apartFrom");

    private final Problems problems = new Problems();

    private NetworkReader() {}

    /**
     * Reads a document.
     *
     * @throws InvalidConfigurationException with everything that is wrong with it.
     */
    public static NetworkDocument read(String text) throws InvalidConfigurationException {
        NetworkReader reader = new NetworkReader();
        NetworkDocument document = reader.readRoot(YamlReader.read(text, reader.problems, ReadingGuard.NONE));
        if (document == null || !reader.problems.isEmpty()) {
            throw new InvalidConfigurationException(reader.problems.sorted());
        }
        return document;
    }

    /**
     * The document as maps, lists and texts.
     *
     * @throws InvalidConfigurationException when it is no mapping at all.
     */
    public static Map<String, Object> tree(String text) throws InvalidConfigurationException {
        Problems problems = new Problems();
        Object tree = value(YamlReader.read(text, problems, ReadingGuard.NONE));
        Map<String, Object> fields = new LinkedHashMap<>();
        if (tree instanceof Map<?, ?> map) {
            map.forEach((field, value) -> fields.put(String.valueOf(field), value));
        }
        return fields;
    }

    private @Nullable NetworkDocument readRoot(YamlNode root) {
        Fields fields = Fields.of(root, problems);
        if (fields == null) {
            return null;
        }
        String name = fields.required("network", Scalars::name);
        List<NetworkNode> nodes = unique(fields, "nodes", this::readNode, NetworkNode::name);
        List<NetworkLink> links = fields.optionalNode("substrate", List.of(), this::readSubstrate);
        List<NetworkVpn> vpns = unique(fields, "vpns", this::readVpn, NetworkVpn::name);
        return fields.finish() && name != null ? new NetworkDocument(name, nodes, links, vpns) : null;
    }

    private @Nullable NetworkNode readNode(YamlNode node) {
        Fields fields = Fields.of(node, problems);
        if (fields == null) {
            return null;
        }
        String name = fields.required("name", Scalars::name);
        String api = fields.required("api", Function.identity());
        Map<String, Object> configuration = fields.optionalNode("configuration", Map.of(), NetworkReader::fieldsOf);
        return fields.finish() && name != null && api != null ? new NetworkNode(name, api, configuration) : null;
    }

    private @Nullable List<NetworkLink> readSubstrate(YamlNode node) {
        Fields fields = Fields.of(node, problems);
        if (fields == null) {
            return null;
        }
        List<NetworkLink> links = unique(fields, "links", this::readLink, NetworkLink::name);
        return fields.finish() ? links : null;
    }

    private @Nullable NetworkLink readLink(YamlNode node) {
        Fields fields = Fields.of(node, problems);
        if (fields == null) {
            return null;
        }
        String name = fields.required("name", Scalars::name);
        PortEnd a = fields.requiredNode("a", this::readEnd);
        PortEnd b = fields.requiredNode("b", this::readEnd);
        Long rate = fields.required("rate", text -> Scalars.rate(text).bitsPerSecond());
        long delayNs = fields.optional("delay", 0L, text -> Scalars.delay(text).ns());
        int percent = fields.optional("reservable", 100, NetworkReader::percent);
        Integer vlan = fields.optional("vlan", Scalars.integer(1, MAX_VLAN));
        return fields.finish() && name != null && a != null && b != null && rate != null
                ? new NetworkLink(name, a, b, rate, delayNs, rate / 100 * percent, vlan)
                : null;
    }

    private @Nullable PortEnd readEnd(YamlNode node) {
        Fields fields = Fields.of(node, problems);
        if (fields == null) {
            return null;
        }
        String name = fields.required("node", Scalars::name);
        String port = fields.required("port", Scalars::name);
        return fields.finish() && name != null && port != null ? new PortEnd(name, port) : null;
    }

    private @Nullable NetworkVpn readVpn(YamlNode node) {
        Fields fields = Fields.of(node, problems);
        if (fields == null) {
            return null;
        }
        String name = fields.required("name", Scalars::name);
        Long id = fields.optional("id", Scalars.wideInteger(1, MAX_VPN_ID));
        List<NetworkRouter> routers = unique(fields, "routers", this::readRouter, NetworkRouter::name);
        List<VpnLink> links = unique(fields, "links", this::readVpnLink, VpnLink::name);
        return fields.finish() && name != null ? new NetworkVpn(name, id, routers, links) : null;
    }

    private @Nullable NetworkRouter readRouter(YamlNode node) {
        Fields fields = Fields.of(node, problems);
        if (fields == null) {
            return null;
        }
        String name = fields.required("name", Scalars::name);
        String place = fields.optional("node", Scalars::name);
        List<String> on = fields.scalars("on", Scalars::name);
        List<String> apartFrom = fields.scalars("apartFrom", Scalars::name);
        Map<String, Object> rest = new LinkedHashMap<>(fieldsOf(fields.mapping()));
        rest.keySet().removeAll(OWN_FIELDS);
        return name == null ? null : new NetworkRouter(name, place, on, apartFrom, rest);
    }

    private @Nullable VpnLink readVpnLink(YamlNode node) {
        Fields fields = Fields.of(node, problems);
        if (fields == null) {
            return null;
        }
        String name = fields.required("name", Scalars::interfaceName);
        String a = fields.required("a", Scalars::name);
        String b = fields.required("b", Scalars::name);
        long rate = fields.optional("rate", 0L, text -> Scalars.rate(text).bitsPerSecond());
        long delayNs = fields.optional("delay", 0L, text -> Scalars.delay(text).ns());
        List<String> via = fields.scalars("via", Scalars::name);
        List<String> disjointFrom = fields.scalars("disjointFrom", Scalars::name);
        return fields.finish() && name != null && a != null && b != null
                ? new VpnLink(name, a, b, rate, delayNs, via, disjointFrom)
                : null;
    }

    private <T> List<T> unique(
            Fields fields, String field, Function<YamlNode, @Nullable T> reader, Function<T, String> name) {
        List<T> items = fields.list(field, reader);
        Set<String> names = new HashSet<>();
        for (T item : items) {
            if (!names.add(name.apply(item))) {
                fields.problem(field, "has two of the name " + name.apply(item));
            }
        }
        return items;
    }

    private static int percent(String text) {
        Matcher matcher = PERCENT.matcher(text);
        if (!matcher.matches() || Integer.parseInt(matcher.group(1)) > 100) {
            throw new IllegalArgumentException("'" + text + "' is not a share such as 90%");
        }
        return Integer.parseInt(matcher.group(1));
    }

    private static Map<String, Object> fieldsOf(YamlNode node) {
        Map<String, Object> fields = new LinkedHashMap<>();
        if (node instanceof YamlNode.Mapping mapping) {
            mapping.fields().forEach((field, value) -> {
                Object read = value(value);
                if (read != null) {
                    fields.put(field, read);
                }
            });
        }
        return fields;
    }

    private static @Nullable Object value(YamlNode node) {
        return switch (node) {
            case YamlNode.Scalar scalar -> scalar.text();
            case YamlNode.Sequence sequence ->
                sequence.items().stream()
                        .map(NetworkReader::value)
                        .filter(Objects::nonNull)
                        .toList();
            case YamlNode.Mapping mapping -> fieldsOf(mapping);
        };
    }
}

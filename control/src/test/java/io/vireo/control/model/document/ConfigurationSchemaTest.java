package io.vireo.control.model.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.vireo.control.model.Configuration;
import io.vireo.control.model.InvalidConfigurationException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The schema and the reader are written twice; here they are held against each other. */
class ConfigurationSchemaTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final YAMLMapper YAML = YAMLMapper.builder().build();
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(ConfigurationSchema.json(), InputFormat.JSON);

    @Test
    void shouldAcceptWhatTheReaderWrites() throws InvalidConfigurationException {
        assertThat(schemaErrors(canonicalTree())).isEmpty();
    }

    /** Puts each of several odd values in the place of each value of the example, and an unknown field in each mapping. */
    @Test
    void shouldNotRefuseWhatTheReaderAcceptsNorMissWhatItIsMadeToFind() throws InvalidConfigurationException {
        List<Object> odd =
                List.of("", "x", 0, 1, -1, 5_000, true, "up", "10.0.0.1/8", List.of(), Map.of(), 4_294_967_296L);
        int refusedByBoth = 0;
        for (Map<String, Object> mutant : mutants(canonicalTree(), odd)) {
            try {
                // In canonical form, for the reader takes the number 1 for the name "1", and the schema does not.
                Configuration read = ConfigurationReader.read(JSON.writeValueAsString(mutant));
                assertThat(schemaErrors(ConfigurationWriter.toTree(read)))
                        .as("only the schema refuses %s", mutant)
                        .isEmpty();
            } catch (InvalidConfigurationException e) {
                refusedByBoth += schemaErrors(mutant).isEmpty() ? 0 : 1;
            }
        }
        assertThat(refusedByBoth).isGreaterThan(500);
    }

    @Test
    void shouldKnowTheSameFieldsAsTheReader() throws InvalidConfigurationException {
        for (Map<String, Object> mutant : withUnknownFields(canonicalTree())) {
            assertThat(schemaErrors(mutant)).as("%s", mutant).isNotEmpty();
            assertThat(readerRefuses(JSON.writeValueAsString(mutant))).isTrue();
        }
    }

    /** Who receives a packet of a port is said in one way: by VPN-ID, by members, or by labels where there are none of the others. */
    @Test
    void shouldAllowTheSameReceptionAsTheReader() {
        List<String> fields = List.of("vpnId: true", "shared: true", "members: {otherwise: drop}", "mpls: true");
        for (int chosen = 0; chosen < 1 << fields.size(); chosen++) {
            StringBuilder access = new StringBuilder("{name: a, port: p1");
            for (int i = 0; i < fields.size(); i++) {
                access.append((chosen >> i & 1) == 0 ? "" : ", " + fields.get(i));
            }
            String host = access.indexOf("shared") < 0 ? "" : "{name: h, port: p1, members: {otherwise: drop}}, ";
            assertSameVerdict(interfaceDocument(host + access.append('}')));
        }
    }

    @Test
    void shouldAllowTheSameFragmentsOfTunnelsAsTheReader() {
        String ends = "underlay: red/core, local: 192.0.2.1, remote: 192.0.2.2";
        List<String> kinds = List.of(
                "ipip: {%s%s}",
                "gre: {%s%s}",
                "vns: {%s%s}",
                "esp: {%s%s}",
                "vxlan: {vni: 7, %s%s}",
                "mpls: {label: {in: 16, out: 17}, %s%s}",
                "mpls: {label: {in: 16, out: 17}, over: ethernet, %s%s}");
        for (String kind : kinds) {
            for (String fragment : List.of("", ", fragment: inner", ", fragment: outer", ", fragment: both")) {
                assertSameVerdict(
                        interfaceDocument("{name: t, encapsulation: {" + kind.formatted(ends, fragment) + "}}"));
            }
        }
    }

    private static String interfaceDocument(String interfaces) {
        return """
                ports: [{name: p1, device: "af_packet:a"}]
                vpns:
                  - name: red
                    id: 1
                    routers:
                      - name: core
                        interfaces: [{name: u, port: p1, vlan: 2, mpls: true, addresses: [192.0.2.1/24]}]
                      - name: r1
                        interfaces: [%s]
                """.formatted(interfaces);
    }

    private static void assertSameVerdict(String document) {
        Object tree = YAML.readValue(document, Object.class);
        assertThat(readerRefuses(document))
                .as("the schema says %s of%n%s", schemaErrors(tree), document)
                .isEqualTo(!schemaErrors(tree).isEmpty());
    }

    private static List<String> schemaErrors(Object tree) {
        return SCHEMA.validate(JSON.writeValueAsString(tree), InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
    }

    private static boolean readerRefuses(String document) {
        try {
            ConfigurationReader.read(document);
            return false;
        } catch (InvalidConfigurationException e) {
            return true;
        }
    }

    private static Map<String, Object> canonicalTree() throws InvalidConfigurationException {
        Map<String, Object> tree = new LinkedHashMap<>(
                ConfigurationWriter.toTree(ConfigurationReader.read(ConfigurationReaderTest.EXAMPLE)));
        Map<String, Object> routed = ConfigurationWriter.toTree(ConfigurationReader.read(RoutingDocumentTest.EXAMPLE));
        List<Object> vpns = new ArrayList<>((List<?>) tree.get("vpns"));
        vpns.addAll((List<?>) routed.get("vpns"));
        tree.put("vpns", vpns);
        return tree;
    }

    private static List<Map<String, Object>> mutants(Map<String, Object> tree, List<Object> values) {
        List<Map<String, Object>> mutants = new ArrayList<>();
        tree.forEach((field, value) -> {
            values.forEach(odd -> mutants.add(with(tree, field, odd)));
            if (value instanceof Map<?, ?> map) {
                mutants(typed(map), values).forEach(mutant -> mutants.add(with(tree, field, mutant)));
            } else if (value instanceof List<?> list) {
                for (int i = 0; i < list.size(); i++) {
                    int index = i;
                    if (list.get(i) instanceof Map<?, ?> map) {
                        mutants(typed(map), values)
                                .forEach(mutant -> mutants.add(with(tree, field, replaced(list, index, mutant))));
                    } else {
                        values.forEach(odd -> mutants.add(with(tree, field, replaced(list, index, odd))));
                    }
                }
            }
        });
        return mutants;
    }

    private static List<Map<String, Object>> withUnknownFields(Map<String, Object> tree) {
        List<Map<String, Object>> mutants = new ArrayList<>();
        mutants.add(with(tree, "unknown", 1));
        tree.forEach((field, value) -> {
            if (value instanceof Map<?, ?> map) {
                withUnknownFields(typed(map)).forEach(mutant -> mutants.add(with(tree, field, mutant)));
            } else if (value instanceof List<?> list && list.getFirst() instanceof Map<?, ?> map) {
                withUnknownFields(typed(map))
                        .forEach(mutant -> mutants.add(with(tree, field, replaced(list, 0, mutant))));
            }
        });
        return mutants;
    }

    private static Map<String, Object> with(Map<String, Object> tree, String field, Object value) {
        Map<String, Object> copy = new LinkedHashMap<>(tree);
        copy.put(field, value);
        return copy;
    }

    private static List<Object> replaced(List<?> list, int index, Object value) {
        List<Object> copy = new ArrayList<>(list);
        copy.set(index, value);
        return copy;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> typed(Map<?, ?> map) {
        return (Map<String, Object>) map;
    }
}

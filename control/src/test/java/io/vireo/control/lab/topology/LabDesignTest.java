package io.vireo.control.lab.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabDesignTest {
    private static final String TWO = """
        name: two
        nodes:
          - {name: a, config: a.yaml, workers: 2, settings: {vireo.mbufs: 4096}}
          - name: b
            configuration:
              node: b
              ports: [{name: p1, device: lab, mtu: 2000}, {name: p2, device: "null"}]
        hosts:
          - {name: h1, addresses: [10.1.1.2/24, "2001:db8::2/64"], gateway: [10.1.1.1, "2001:db8::1"]}
        links:
          - {a: {node: a, port: p1}, b: {host: h1}, mtu: 1600}
          - {a: {node: a, port: p2}, b: {node: b, port: p1}}
          - {a: {host: h1, interface: eth1, addresses: [10.2.0.1/24]}, b: {host: h1, interface: eth2}}
        """;

    private final Map<String, String> files = Map.of("a.yaml", "ports: [{name: p1}, {name: p2}]");

    @Test
    void shouldGiveThePortsOfLinksTheirDevices() throws InvalidConfigurationException {
        LabDesign design = read(TWO);
        assertThat(design.configuration("a").ports())
                .extracting(port -> port.name() + " " + port.device())
                .containsExactly("p1 af_packet:two-a-p1", "p2 af_packet:two-a-p2");
        assertThat(design.configuration("b").ports())
                .extracting(port -> port.name() + " " + port.device())
                .containsExactly("p1 af_packet:two-b-p1", "p2 null");
        assertThat(design.configuration("b").node()).isNull();
    }

    @Test
    void shouldReadNodesHostsAndLinks() throws InvalidConfigurationException {
        LabTopology topology = read(TWO).topology();
        assertThat(topology.name()).isEqualTo("two");
        assertThat(topology.nodes()).extracting(LabNode::workers).containsExactly(2, 1);
        assertThat(topology.nodes().getFirst().settings()).isEqualTo(Map.of("vireo.mbufs", "4096"));
        assertThat(topology.host("h1").orElseThrow().gateways()).hasSize(2);
        assertThat(topology.links())
                .extracting(LabLink::label)
                .containsExactly("a/p1 -- h1/eth0", "a/p2 -- b/p1", "h1/eth1 -- h1/eth2");
    }

    @Test
    void shouldGiveALinkTheMtuThatItsPortsNeed() throws InvalidConfigurationException {
        LabDesign design = read(TWO);
        assertThat(design.topology().links()).extracting(design::mtu).containsExactly(1600, 2000, 1500);
    }

    @Test
    void shouldReadTheExampleOfTheManual() throws IOException, InvalidConfigurationException {
        Path folder = Path.of("..", "docs", "lab");
        LabDesign design = LabDesign.read(
                Files.readString(folder.resolve("two.yaml")), file -> fileOf(exampleFiles(folder), file));
        assertThat(design.configurations()).containsOnlyKeys("a", "b");
        assertThat(design.configuration("b").ports())
                .extracting(port -> port.device().toString())
                .containsExactly("af_packet:two-b-p1", "af_packet:two-b-p2");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        name: two | name: Two | name | lower-case letters and digits alone
        name: two | name: a-b | name | a dash separates
        name: two | colour: red | name | is missing
        workers: 2 | workers: 0 | nodes[0].workers | is not between 1 and 16
        workers: 2 | cores: 2 | nodes[0].cores | is not a field here
        vireo.mbufs: 4096 | vireo.mbuf: 1 | nodes[0].settings.vireo.mbuf | vireo.mbuf
        vireo.mbufs: 4096 | vireo.node: x | nodes[0].settings.vireo.node | follows from the node
        - name: b | - name: a | nodes[1].name | is the name of another node or host, see nodes[0].name
        name: h1, addr | name: b, addr | hosts[0].name | is the name of another node or host, see nodes[1].name
        config: a.yaml | x: y | nodes[0].config | is missing
        config: a.yaml | config: a.yaml, configuration: {} | nodes[0].config | one of them
        {node: a, port: p1} | {node: c, port: p1} | links[0].a.node | is the name of no node
        {node: a, port: p1} | {node: a, port: p9} | links[0].a.port | is no port of the configuration of node a; it has p1, p2
        {node: a, port: p2} | {node: a, port: p1} | links[1].a.port | is joined by another link already, see links[0].a.port
        {node: a, port: p1} | {node: a} | links[0].a.port | is missing
        {node: a, port: p1} | {port: p1} | links[0].a | names a node and its port, or a host
        {node: a, port: p1} | {node: a, host: h1, port: p1} | links[0].a | names a node and its port, or a host
        {node: a, port: p1} | {node: a, port: p1, addresses: [10.0.0.1/8]} | links[0].a.addresses | does not apply to a node
        {node: a, port: p1} | {node: a, port: port-number-1} | links[0].a.port | becomes the Linux interface two-a-port-number-1
        b: {host: h1} | b: {host: h2} | links[0].b.host | is the name of no host
        b: {host: h1} | b: {host: h1, port: p1} | links[0].b.port | does not apply to a host
        b: {host: h1} | b: {host: h1, interface: lo} | links[0].b.interface | is the loopback
        interface: eth2 | interface: eth1 | links[2].b.interface | is joined by another link already
        b: {host: h1} | b: {host: h1, interface: e0} | hosts[0].addresses | which no link joins
        , mtu: 1600 | , mtu: 1400 | links[0].mtu | is less than the 1500 bytes of port a/p1
        , mtu: 1600 | , mtu: 10 | links[0].mtu | is not between
        10.2.0.1/24 | 10.1.1.2/24 | hosts[0].addresses | has the address 10.1.1.2 twice
        gateway: [10.1.1.1 | gateway: [10.9.1.1 | hosts[0].gateway | lies in the subnet of no address
        gateway: [10.1.1.1 | gateway: [10.1.1.1, 10.1.1.3 | hosts[0].gateway | has two of one address family
        device: lab, mtu | device: "null", mtu | nodes[1].configuration.ports[0].device | is made by the lab
        device: "null" | device: lab | nodes[1].configuration.ports[1].device | no link of the topology joins
        , device: "null" | , mtu: 1500 | nodes[1].configuration.ports[1].device | no link of the topology joins
        mtu: 2000 | mtu: many | nodes[1].configuration.ports[0].mtu | 'many'
        config: a.yaml | config: c.yaml | c.yaml | there is no c.yaml
        """)
    void shouldRefuse(String text, String instead, String path, String reason) {
        assertThat(TWO).contains(text);
        assertThat(problems(TWO.replaceFirst(Pattern.quote(text), instead))).anySatisfy(problem -> {
            assertThat(problem.path()).isEqualTo(path);
            assertThat(problem.reason()).contains(reason);
        });
    }

    @Test
    void shouldSayWhereInTheDocumentAProblemIs() {
        assertThat(problems(TWO.replace("{host: h1}, mtu", "{host: h7}, mtu")))
                .extracting(Problem::toString)
                .contains("line 11, column 40: links[0].b.host: is the name of no host of this lab (got 'h7')");
    }

    @Test
    void shouldSayInWhichFileAProblemIs() {
        assertThat(catchRefusal(TWO, Map.of("a.yaml", "ports: [{name: p1}, {name: p2}]\nvpn: []"))
                        .problems())
                .extracting(Problem::path)
                .containsExactly("a.yaml:2:6: vpn");
    }

    @Test
    void shouldRefuseTheConfigurationOfAnotherNode() {
        assertThat(problems(TWO.replace("node: b\n", "node: other\n")))
                .extracting(Problem::path)
                .containsExactly("nodes[1].configuration.node");
    }

    @Test
    void shouldRefuseAFieldThatIsUnknown() {
        assertThat(problems(TWO + "colour: red\n")).extracting(Problem::path).containsExactly("colour");
    }

    @Test
    void shouldRefuseALabWithoutNodes() {
        assertThat(problems("name: none")).extracting(Problem::path).containsExactly("nodes");
    }

    @Test
    void shouldKnowTheNameOfADocumentThatIsWrongOtherwise() throws InvalidConfigurationException {
        assertThat(LabDesign.nameOf("name: two\nnodes: 7\nx: y")).isEqualTo("two");
        assertThat(catchThrowableOfType(InvalidConfigurationException.class, () -> LabDesign.nameOf("nodes: []"))
                        .problems())
                .extracting(Problem::path)
                .containsExactly("name");
    }

    private LabDesign read(String text) throws InvalidConfigurationException {
        return LabDesign.read(text, file -> fileOf(files, file));
    }

    private List<Problem> problems(String text) {
        return catchRefusal(text, files).problems();
    }

    private static InvalidConfigurationException catchRefusal(String text, Map<String, String> files) {
        return catchThrowableOfType(
                InvalidConfigurationException.class, () -> LabDesign.read(text, file -> fileOf(files, file)));
    }

    private static Map<String, String> exampleFiles(Path folder) {
        try {
            return Map.of(
                    "a.yaml", Files.readString(folder.resolve("a.yaml")),
                    "b.yaml", Files.readString(folder.resolve("b.yaml")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String fileOf(Map<String, String> files, String name) {
        String text = files.get(name);
        if (text == null) {
            throw new IllegalArgumentException("there is no " + name);
        }
        return text;
    }
}

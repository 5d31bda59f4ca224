package io.vireo.control.model.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.model.Configuration;
import io.vireo.control.model.HeaderModes.Ttl;
import io.vireo.control.model.IncomingLabel;
import io.vireo.control.model.IncomingLabel.Operation;
import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.IpAddress;
import io.vireo.control.model.RouterPath;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a document may say of labels that come in. */
class LabelDocumentTest {
    private static final String EXAMPLE = """
        ports: [{name: p1, device: null}, {name: p2, device: null}]
        vpns:
          - name: core
            id: 1
            routers:
              - name: p
                interfaces:
                  - {name: wan, port: p1, mpls: true, addresses: [192.0.2.1/24, "2001:db8::1/64"]}
                  - {name: near, port: p1, vlan: 2, addresses: [203.0.113.1/24]}
                  - {name: lo, loopback: true, addresses: [198.51.100.1/32]}
                labels:
                  - {label: 100, swap: 200, via: 192.0.2.2}
                  - {label: 101, swap: [200, 300], via: [192.0.2.2, "2001:db8::2"], ttl: pipe}
                  - {label: 102, push: 300, via: 192.0.2.20, interface: wan}
                  - {label: 103, pop: true, via: 192.0.2.2}
                  - {label: 104, pop: true, router: blue/r1}
                  - {label: 105, pop: true}
          - name: blue
            id: 2
            routers:
              - name: r1
                interfaces:
                  - {name: h, port: p2, addresses: [10.0.1.1/24]}
                  - {name: m, encapsulation: {mpls: {underlay: core/p, local: 192.0.2.1, remote: 192.0.2.2, over: ethernet,
                     label: {out: 16, in: 17}}}}
              - {name: bare}
        """;
    private static final String LABELS = "vpns[0].routers[0].labels";

    private static List<IncomingLabel> labels(String text) throws InvalidConfigurationException {
        return ConfigurationReader.read(text)
                .vpns()
                .getFirst()
                .routers()
                .getFirst()
                .labels();
    }

    @Test
    void shouldReadAndWrite() throws InvalidConfigurationException {
        List<IncomingLabel> labels = labels(EXAMPLE);
        IpAddress hop = IpAddress.parse("192.0.2.2");
        IpAddress hop6 = IpAddress.parse("2001:db8::2");

        assertThat(labels)
                .startsWith(
                        new IncomingLabel(100, Operation.SWAP, List.of(200), List.of(hop), null, null, Ttl.UNIFORM),
                        new IncomingLabel(
                                101, Operation.SWAP, List.of(200, 300), List.of(hop, hop6), null, null, Ttl.PIPE))
                .endsWith(
                        new IncomingLabel(
                                104,
                                Operation.POP,
                                List.of(),
                                List.of(),
                                null,
                                new RouterPath("blue", "r1"),
                                Ttl.UNIFORM),
                        new IncomingLabel(105, Operation.POP, List.of(), List.of(), null, null, Ttl.UNIFORM));
        assertThat(labels.get(2).outLabels()).containsExactly(300, 102);
        assertThat(labels.get(1).describe()).isEqualTo("swap 200/300");
        Configuration read = ConfigurationReader.read(EXAMPLE);
        assertThat(ConfigurationReader.read(ConfigurationWriter.toYaml(read))).isEqualTo(read);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "label: 100,|label: 1048576,|[0].label|'1048576' is not between 0 and 1048575",
                "label: 100,|label: -1,|[0].label|'-1' is not between 0 and 1048575",
                "label: 100,|label: x,|[0].label|is not a whole number",
                "label: 100,|label: 3,|[0].label|'3' is the implicit null, which never comes on the wire",
                "label: 100,|label: 0,|[0].label|'0' is a reserved label",
                "label: 100,|label: 15,|[0].label|'15' is a reserved label",
                "label: 100, ||[0].label|is missing",
                "label: 101,|label: 100,|[1].label|with another meaning already, see vpns[0].routers[0].labels[0].label",
                "label: 100,|label: 17,|[0].label|with another meaning already, see vpns[1].routers[0].interfaces[1].encapsulation",
                "swap: 200, via|swap: 3, via|[0].swap|'3' is the implicit null, which is never sent",
                "swap: 200, via|swap: 1, via|[0].swap|'1' is a reserved label",
                "swap: 200, via|swap: 1048576, via|[0].swap|is not between 0 and 1048575",
                "swap: [200, 300]|swap: []|[1].swap|needs a label at least",
                "swap: [200, 300]|swap: [16, 16, 16, 16, 16, 16, 16, 16, 16]|[1].swap|has 9 labels; there is room for 8",
                "push: 300|push: [16, 16, 16, 16, 16, 16, 16, 16]|[2].push|has 8 labels; there is room for 7",
                "swap: 200, via|swap: 200, push: 300, via|[0].push|contradicts swap",
                "swap: 200, via|swap: 200, pop: true, via|[0].pop|contradicts swap",
                "swap: 200, via|via|[0].swap|is missing; a label has one of swap, push and pop: true",
                ", via: 192.0.2.2}|}|[0].via|is missing; labels are sent to a next hop",
                "via: 192.0.2.2}|via: 203.0.115.1}|[0].via|leads nowhere",
                "via: 192.0.2.2}|via: 198.51.100.1}|[0].via|is the router's own address",
                "via: 192.0.2.2}|via: 192.0.2.1}|[0].via|is the router's own address",
                "via: 192.0.2.2}|via: x}|[0].via|x",
                "via: 192.0.2.2}|via: []}|[0].via|needs a next hop at least",
                "via: 192.0.2.2}|via: \"fe80::1\"}|[0].via|is link-local",
                "via: 192.0.2.2}|via: \"::5\"}|[0].via|has no upper half, so that it could be an IPv4 address as well",
                "interface: wan}|interface: near2}|[2].interface|is not an interface of this router by which labels can leave",
                "interface: wan}|interface: lo}|[2].interface|is not an interface of this router by which labels can leave",
                "pop: true, via|pop: true, router: blue/r1, via|[3].router|is for a label that is popped without via",
                "router: blue/r1|router: blue/r9|[4].router|is not a router of this node",
                "router: blue/r1|router: blue|[4].router|is not a virtual router such as blue/r1",
                "router: blue/r1|router: blue/bare|[4].router|has no interface but loopbacks",
                "router: blue/r1|interface: wan|[4].interface|it needs via",
                "ttl: pipe|ttl: short|[1].ttl|'short' is neither pipe nor uniform",
                "ttl: pipe|exp: 1|[1].exp|is not a field here",
                "p1, mpls: true|p1|[0].label|never comes: no interface of this router has 'mpls: true'",
            })
    void shouldNameFieldAndReason(String from, String to, String field, String reason) {
        Refusals.assertRefused(EXAMPLE, from, to == null ? "" : to, LABELS + field, reason);
    }
}

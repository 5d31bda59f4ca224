package io.vireo.control.model.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.model.Configuration;
import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.OutgoingLabels;
import io.vireo.control.model.Route;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a document may say of routes with labels. */
class LabelledRouteDocumentTest {
    private static final String EXAMPLE = """
        ports: [{name: p1, device: null}]
        vpns:
          - name: core
            id: 1
            routers:
              - name: pe
                interfaces:
                  - {name: wan, port: p1, addresses: [192.0.2.1/24, "2001:db8::1/64"]}
                  - {name: other, port: p1, vlan: 2, vpnId: true, addresses: [203.0.113.1/24]}
                routes:
                  - {prefix: 10.1.0.0/16, via: 192.0.2.2, labels: 100}
                  - {prefix: 10.2.0.0/16, via: [192.0.2.2, 192.0.2.3], labels: [100, 0], ttl: pipe}
                  - {prefix: "2001:db8:2::/48", via: "fe80::2", interface: wan, labels: [100, 2]}
                  - {prefix: 10.3.0.0/16, via: 192.0.2.2}
        """;

    private static List<Route> routes(Configuration configuration) {
        return configuration.vpns().getFirst().routers().getFirst().routes();
    }

    @Test
    void shouldReadAndWrite() throws InvalidConfigurationException {
        Configuration configuration = ConfigurationReader.read(EXAMPLE);
        assertThat(routes(configuration))
                .extracting(Route::labels)
                .containsExactly(
                        new OutgoingLabels(List.of(100), OutgoingLabels.UNIFORM),
                        new OutgoingLabels(List.of(100, 0), OutgoingLabels.PIPE),
                        new OutgoingLabels(List.of(100, 2), OutgoingLabels.UNIFORM),
                        null);
        String written = ConfigurationWriter.toYaml(configuration);
        assertThat(ConfigurationReader.read(written)).isEqualTo(configuration);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "labels: 100}|labels: 3}|[0].labels|'3' is the implicit null, which is never sent",
                "labels: 100}|labels: 7}|[0].labels|'7' is a reserved label",
                "labels: 100}|labels: 1048576}|[0].labels|is not between 0 and 1048575",
                "labels: 100}|labels: []}|[0].labels|needs a label at least",
                "[100, 0]|[16, 17, 18, 19, 20, 21, 22, 23, 24]|[1].labels|has 9 labels; there is room for 8",
                "labels: 100}|ttl: pipe}|[0].ttl|is of labels, and there are none",
                "ttl: pipe|ttl: short|[1].ttl|'short' is neither pipe nor uniform",
                "via: 192.0.2.2, labels: 100|blackhole: true, labels: 100|[0].labels|they need via",
                "via: 192.0.2.2, labels: 100|interface: wan, labels: 100|[0].labels|they need via",
                "via: 192.0.2.2, labels|via: 203.0.113.2, labels|[0].via|without vpnId or shared",
                "via: 192.0.2.2, labels|via: 203.0.113.2, interface: other, labels|[0].interface|by which labels can leave",
            })
    void shouldNameFieldAndReason(String from, String to, String field, String reason) {
        Refusals.assertRefused(EXAMPLE, from, to, "vpns[0].routers[0].routes" + field, reason);
    }
}

package io.vireo.control.model.attachment.mpls;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.model.Attachment;
import io.vireo.control.model.Configuration;
import io.vireo.control.model.Encapsulation.Mpls;
import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.attachment.TunnelDocument;
import io.vireo.control.model.document.ConfigurationReader;
import io.vireo.control.model.document.ConfigurationWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a document may say of MPLS tunnels. */
class MplsDocumentTest {
    private static final TunnelDocument EXAMPLE = TunnelDocument.of("""
            - name: m0
              encapsulation: {mpls: {underlay: core/r1, local: 192.0.2.1, remote: 198.51.100.2, label: {out: 16, in: 1048575}}}
            - name: m1
              encapsulation: {mpls: {underlay: core/r1, local: 192.0.2.1, remote: 198.51.100.2, label: {out: 17, in: 18}, over: gre}}
            """);
    private static final String M1 = "vpns[1].routers[0].interfaces[1].encapsulation.mpls.";

    @Test
    void shouldWriteWhatItReads() throws InvalidConfigurationException {
        Configuration read = ConfigurationReader.read(EXAMPLE.text());
        String yaml = ConfigurationWriter.toYaml(read);

        assertThat(ConfigurationReader.read(yaml)).isEqualTo(read);
        assertThat(yaml).contains("out: 16", "in: 1048575").doesNotContain("over");
        assertThat(((Attachment.Tunnel) EXAMPLE.tunnel(0).attachment()).encapsulation())
                .isEqualTo(new Mpls(Mpls.Carrier.GRE, 16, 1_048_575));
    }

    @Test
    void shouldLeaveRoomForGreAndTheLabel() throws InvalidConfigurationException {
        assertThat(EXAMPLE.tunnel(0).mtu()).isEqualTo(1_472);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "out: 17|out: 15|label.out|is not between 16 and 1048575",
                "in: 18|in: 1048576|label.in|is not between 16 and 1048575",
                "in: 18|in: x|label.in|is not a",
                "out: 17, in: 18|in: 18|label.out|is missing",
                "out: 17, in: 18|out: 17|label.in|is missing",
                "in: 18|in: 18, exp: 1|label.exp|is not a field here",
                "label: {out: 17, in: 18}, ||label|is missing",
                "label: {out: 17, in: 18}|label: 17|label|must be a mapping",
                "over: gre|over: ip|over|'ip' is not one of gre, udp, ethernet",
                "over: gre|over: ethernet|over|needs an interface of core/r1 with 'mpls: true'",
                "over: gre|key: 7|key|is not a field here",
                "in: 18|in: 1048575|label|the key of another tunnel",
                "out: 17|out: 16|label|the label 'out' of another tunnel",
            })
    void shouldNameFieldAndReason(String from, String to, String field, String reason) {
        EXAMPLE.replace(from, to == null ? "" : to).assertRefused(M1 + field, reason);
    }

    @Test
    void shouldPutALabelOnTheLinkOfARouterThatTakesLabels() throws InvalidConfigurationException {
        TunnelDocument document =
                EXAMPLE.replace("over: gre", "over: ethernet").replace("port: p1,", "port: p1, mpls: true,");
        Configuration read = ConfigurationReader.read(document.text());
        String yaml = ConfigurationWriter.toYaml(read);

        assertThat(document.tunnel(1).mtu()).isEqualTo(1_496);
        assertThat(ConfigurationReader.read(yaml)).isEqualTo(read);
        assertThat(yaml).contains("over: ethernet", "mpls: true");
        TunnelDocument both = document.replace("in: 1048575}", "in: 18}, over: ethernet")
                .replace("198.51.100.2, label: {out: 17", "198.51.100.3, label: {out: 17");
        both.assertRefused(M1 + "label", "has, over the same underlay, the label 'in' of another tunnel");
        document.replace("mpls: true", "mpls: true, vpnId: true")
                .assertRefused("vpns[0].routers[0].interfaces[0].mpls", "stands beside a vpnId");
        document.replace("mpls: true", "mpls: true, shared: true")
                .assertRefused("vpns[0].routers[0].interfaces[0].mpls", "stands beside shared");
        document.replace("over: ethernet", "over: ethernet, fragment: outer")
                .assertRefused(M1 + "fragment", "'outer' needs an outer IP header");
        document.replace("mpls: true", "mpls: 1")
                .assertRefused("vpns[0].routers[0].interfaces[0].mpls", "is neither true nor false");
    }

    @Test
    void shouldPutALabelInUdp() throws InvalidConfigurationException {
        TunnelDocument document = EXAMPLE.replace("over: gre", "over: udp");
        Configuration read = ConfigurationReader.read(document.text());
        assertThat(document.tunnel(1).mtu()).isEqualTo(1_468);
        assertThat(ConfigurationReader.read(ConfigurationWriter.toYaml(read))).isEqualTo(read);
        document.replace("over: udp", "over: udp, fragment: outer")
                .assertRefused(M1 + "fragment", "packets within UDP are not to be fragmented");
    }

    @Test
    void shouldFindWhoSharesAPortThoughOneTakesLabels() {
        EXAMPLE.replace("- {name: wan,", "- {name: labels, port: p1, mpls: true}\n          - {name: wan,")
                .assertRefused("vpns[0].routers[0].interfaces[1].port", "overlaps another interface");
    }

    @Test
    void shouldKeepTunnelsToAnotherFarEndApart() throws InvalidConfigurationException {
        TunnelDocument document = EXAMPLE.replace("out: 17, in: 18", "out: 16, in: 1048575")
                .replace(
                        "198.51.100.2, label: {out: 16, in: 1048575}, over",
                        "198.51.100.3, label: {out: 16, in: 1048575}, over");
        assertThat(document.tunnel(1).name()).isEqualTo("m1");
    }
}

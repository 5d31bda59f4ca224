package io.vireo.control.model.attachment.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.model.Attachment;
import io.vireo.control.model.HeaderModes;
import io.vireo.control.model.HeaderModes.Dscp;
import io.vireo.control.model.HeaderModes.Ecn;
import io.vireo.control.model.HeaderModes.Fragment;
import io.vireo.control.model.HeaderModes.Ttl;
import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.attachment.Attachments;
import io.vireo.control.model.attachment.TunnelDocument;
import io.vireo.control.model.document.ConfigurationReader;
import io.vireo.control.model.document.ConfigurationWriter;
import io.vireo.dataplane.wire.value.TunnelSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a document may say of how outer header and packets inside depend on each other, of each kind of tunnel. */
class TunnelModesDocumentTest {
    private static TunnelDocument of(String kind, String fields) {
        return TunnelDocument.of("- {name: t, encapsulation: {" + kind
                + ": {underlay: core/r1, local: 192.0.2.1, remote: 198.51.100.2" + fields + "}}}\n");
    }

    private static HeaderModes modes(TunnelDocument document) throws InvalidConfigurationException {
        return ((Attachment.Tunnel) document.tunnel(0).attachment()).modes();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ipip", "gre"})
    void shouldBeAsBeforeWhenNothingIsSaid(String kind) throws InvalidConfigurationException {
        assertThat(modes(of(kind, ""))).isEqualTo(HeaderModes.DEFAULT);
        assertThat(modes(of(kind, ", ttl: pipe, dscp: inherit, ecn: normal, mssClamp: false, fragment: inner")))
                .isEqualTo(HeaderModes.DEFAULT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ipip", "gre"})
    void shouldWriteWhatItReads(String kind) throws InvalidConfigurationException {
        for (String fields : new String[] {
            ", ttl: uniform, dscp: uniform",
            ", dscp: 0, ecn: compatibility",
            ", dscp: 63, mssClamp: true, fragment: outer"
        }) {
            var read = ConfigurationReader.read(of(kind, fields).text());
            assertThat(ConfigurationReader.read(ConfigurationWriter.toYaml(read)))
                    .isEqualTo(read);
        }
        assertThat(modes(of(kind, ", ttl: uniform, dscp: 46, ecn: compatibility, mssClamp: true, fragment: outer")))
                .isEqualTo(new HeaderModes(Ttl.UNIFORM, Dscp.PIPE, 46, Ecn.COMPATIBILITY, true, Fragment.OUTER));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ttl: 7|ttl|is neither pipe nor uniform",
                "ttl: uniform, hopLimit: 64|hopLimit|has no meaning beside a uniform ttl",
                "dscp: 64|dscp|is neither inherit, uniform nor between 0 and 63",
                "dscp: -1|dscp|is neither inherit, uniform nor between 0 and 63",
                "dscp: EF|dscp|is neither inherit, uniform nor between 0 and 63",
                "ecn: copy|ecn|is neither normal nor compatibility",
                "mssClamp: 1400|mssClamp|is neither true nor false",
                "fragment: both|fragment|is neither inner nor outer",
            })
    void shouldNameFieldAndReason(String fields, String field, String reason) {
        for (String kind : new String[] {"ipip", "gre"}) {
            of(kind, ", " + fields)
                    .assertRefused("vpns[1].routers[0].interfaces[0].encapsulation." + kind + "." + field, reason);
        }
    }

    @Test
    void shouldShowWhatIsNotSoByDefault() throws InvalidConfigurationException {
        assertThat(describe("")).isEqualTo("gre in core/r1 192.0.2.1 -> 198.51.100.2");
        assertThat(describe(", ttl: uniform, dscp: 46, ecn: compatibility, mssClamp: true, fragment: outer"))
                .isEqualTo("gre ttl uniform dscp 46 ecn compatibility mssClamp true fragment outer"
                        + " in core/r1 192.0.2.1 -> 198.51.100.2");
    }

    private static String describe(String fields) throws InvalidConfigurationException {
        return Attachments.featureOf(of("gre", fields).tunnel(0).attachment()).describe();
    }

    @ParameterizedTest
    @CsvSource({
        "'', 0",
        "', ttl: uniform', 1",
        "', dscp: uniform', 2",
        "', dscp: 0', 4",
        "', dscp: 46, ecn: compatibility', 11788",
        "', mssClamp: true, dscp: 1, ttl: uniform', 277",
        "', fragment: outer, dscp: 1', 292",
    })
    void shouldSayItToTheDataPlane(String fields, int expected) throws InvalidConfigurationException {
        TunnelSpec spec = new TunnelSpec();
        ModeFields.program(modes(of("gre", fields)), spec);
        assertThat(spec.modes()).isEqualTo(expected);
    }
}

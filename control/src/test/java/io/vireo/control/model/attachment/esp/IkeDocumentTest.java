package io.vireo.control.model.attachment.esp;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.model.Attachment;
import io.vireo.control.model.Configuration;
import io.vireo.control.model.Encapsulation.Esp;
import io.vireo.control.model.Ike;
import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.attachment.TunnelDocument;
import io.vireo.control.model.document.ConfigurationReader;
import io.vireo.control.model.document.ConfigurationWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a document may say of keys that IKE negotiates. */
class IkeDocumentTest {
    private static final String FIELDS = "localId: a.example, remoteId: b.example, pskFile: /etc/vireo/psk";
    private static final TunnelDocument EXAMPLE = TunnelDocument.of("""
            - {name: e0, encapsulation: {esp: {underlay: core/r1, local: 192.0.2.1, remote: 198.51.100.2, udp: true, ike: {%s}}}}
            """.formatted(FIELDS));
    private static final String ESP = "vpns[1].routers[0].interfaces[0].encapsulation.esp.";

    private static Esp esp(TunnelDocument document) throws InvalidConfigurationException {
        return (Esp) ((Attachment.Tunnel) document.tunnel(0).attachment()).encapsulation();
    }

    @Test
    void shouldHaveDefaults() throws InvalidConfigurationException {
        assertThat(esp(EXAMPLE).isExtended()).isFalse();
        assertThat(esp(EXAMPLE).ike())
                .isEqualTo(new Ike(
                        "a.example",
                        "b.example",
                        new Ike.Authentication.PreSharedKey(Path.of("/etc/vireo/psk")),
                        3_600,
                        30,
                        true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                FIELDS,
                FIELDS + ", rekeySeconds: 60, deadPeerSeconds: 5, initiate: false",
                "localId: \"C=CH, CN=a\", remoteId: 192.0.2.2, certificateFile: /a.pem, keyFile: /a.key, caFile: /ca.pem"
            })
    void shouldWriteWhatItReads(String fields) throws InvalidConfigurationException {
        Configuration read =
                ConfigurationReader.read(EXAMPLE.replace(FIELDS, fields).text());
        assertThat(ConfigurationReader.read(ConfigurationWriter.toYaml(read))).isEqualTo(read);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "udp: true, |''|udp|must be true with 'ike'",
                "udp: true, |udp: true, port: 4501, |port|must be 4500 with 'ike'",
                "udp: true, |udp: true, esn: true, |esn|must be false with 'ike'",
                "udp: true, |udp: true, lifetimeSeconds: 3600, |ike.rekeySeconds|not less than lifetimeSeconds",
                "localId: a.example, |''|ike.localId|is missing",
                "localId: a.example|localId: '%any'|ike.localId|without '%'",
                "pskFile: /etc/vireo/psk|rekeySeconds: 60|ike.pskFile|is missing, or else certificateFile",
                "pskFile: /etc/vireo/psk|pskFile: psk|ike.pskFile|is not an absolute path",
                "pskFile: /etc/vireo/psk|pskFile: /a, keyFile: /b|ike.pskFile|does not go with a certificate",
                "pskFile: /etc/vireo/psk|certificateFile: /b|ike.keyFile|is missing: a certificate needs its key",
                "pskFile: /etc/vireo/psk|pskFile: /a, rekeySeconds: 4|ike.rekeySeconds|5",
                "pskFile: /etc/vireo/psk|psk: abc|ike.psk|a document: it would stand in its history",
                "pskFile: /etc/vireo/psk|pskFile: /a, dpd: 4|ike.dpd|is not a field here"
            })
    void shouldRefuseByFieldAndReason(String from, String to, String path, String reason) {
        EXAMPLE.replace(from, to).assertRefused(ESP + path, reason);
    }
}

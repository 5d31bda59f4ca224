package io.vireo.control.model.attachment.esp;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.model.Attachment;
import io.vireo.control.model.Configuration;
import io.vireo.control.model.Encapsulation.Esp;
import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.attachment.TunnelDocument;
import io.vireo.control.model.document.ConfigurationReader;
import io.vireo.control.model.document.ConfigurationWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a document may say of ESP tunnels. */
class EspDocumentTest {
    private static final TunnelDocument EXAMPLE = TunnelDocument.of("""
            - {name: e0, encapsulation: {esp: {underlay: core/r1, local: 192.0.2.1, remote: 198.51.100.2}}, addresses: [10.0.0.1/30]}
            - {name: e1, encapsulation: {esp: {underlay: core/r1, local: "2001:db8::1", remote: "2001:db8:f::2", window: 64}}}
            """);
    private static final String E1 = "vpns[1].routers[0].interfaces[1].encapsulation.esp.";

    private static Esp esp(TunnelDocument document, int index) throws InvalidConfigurationException {
        return (Esp) ((Attachment.Tunnel) document.tunnel(index).attachment()).encapsulation();
    }

    @Test
    void shouldHaveSafeDefaultsAndRoomForWhatEspAdds() throws InvalidConfigurationException {
        assertThat(esp(EXAMPLE, 0)).isEqualTo(new Esp(Esp.Algorithm.AES_GCM_128, 1024, true, Esp.Lifetime.DEFAULT));
        assertThat(EXAMPLE.tunnel(0).mtu()).isEqualTo(1_446);
        assertThat(EXAMPLE.tunnel(1).mtu()).isEqualTo(1_426);
    }

    @Test
    void shouldWriteWhatItReads() throws InvalidConfigurationException {
        TunnelDocument document = EXAMPLE.replace(
                "window: 64",
                "window: 4096, algorithm: chacha20-poly1305, esn: false, lifetimePackets: 5, lifetimeBytes: 6,"
                        + " lifetimeSeconds: 7");
        Configuration read = ConfigurationReader.read(document.text());
        String yaml = ConfigurationWriter.toYaml(read);

        assertThat(esp(document, 1))
                .isEqualTo(new Esp(Esp.Algorithm.CHACHA20_POLY1305, 4096, false, new Esp.Lifetime(5, 6, 7)));
        assertThat(ConfigurationReader.read(yaml)).isEqualTo(read);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "window: 63|window|64",
                "window: 65|window|power of two",
                "window: 8192|window|4096",
                "algorithm: des|algorithm|aes-gcm-128, aes-gcm-256, chacha20-poly1305",
                "esn: 7|esn|true",
                "lifetimeSeconds: 0|lifetimeSeconds|1",
                "mode: transport|mode|is not a field here",
                "udp: 4500|udp|true",
                "port: 4500|port|is of ESP in UDP",
                "udp: true, port: 0|port|1",
                "udp: true, port: 65536|port|65535",
                "udp: true, fragment: outer|fragment|ESP in UDP cannot be",
            })
    void shouldRefuseByFieldAndReason(String field, String path, String reason) {
        EXAMPLE.replace("window: 64", field).assertRefused(E1 + path, reason);
    }

    @Test
    void shouldBeWithinUdp() throws InvalidConfigurationException {
        TunnelDocument document = EXAMPLE.replace("window: 64", "udp: true");
        assertThat(esp(document, 1).udpPort()).isEqualTo(4500);
        assertThat(document.tunnel(1).mtu()).isEqualTo(1_418);
        TunnelDocument other = EXAMPLE.replace("window: 64", "udp: true, port: 500");
        assertThat(esp(other, 1).udpPort()).isEqualTo(500);
        for (TunnelDocument each : new TunnelDocument[] {document, other}) {
            Configuration read = ConfigurationReader.read(each.text());
            assertThat(ConfigurationReader.read(ConfigurationWriter.toYaml(read)))
                    .isEqualTo(read);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"key", "keys", "salt", "spi", "secret", "psk"})
    void shouldRefuseAKeyAndSayWhy(String field) {
        EXAMPLE.replace("window: 64", field + ": 00112233").assertRefused(E1 + field, "'vireo keys' gives them");
    }

    @Test
    void shouldRefuseTwoBetweenTheSameAddresses() {
        EXAMPLE.replace("local: \"2001:db8::1\", remote: \"2001:db8:f::2\"", "local: 192.0.2.1, remote: 198.51.100.2")
                .assertRefused(E1 + "remote", "the far end of another tunnel");
    }
}

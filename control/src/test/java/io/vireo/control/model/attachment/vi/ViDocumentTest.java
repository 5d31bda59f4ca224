package io.vireo.control.model.attachment.vi;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.model.Attachment;
import io.vireo.control.model.Configuration;
import io.vireo.control.model.Encapsulation;
import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.RouterPath;
import io.vireo.control.model.attachment.Attachments;
import io.vireo.control.model.attachment.TunnelDocument;
import io.vireo.control.model.attachment.feature.Numbers;
import io.vireo.control.model.document.ConfigurationReader;
import io.vireo.control.model.document.ConfigurationWriter;
import io.vireo.dataplane.wire.code.TunnelModes;
import io.vireo.dataplane.wire.value.InterfaceSpec;
import org.junit.jupiter.api.Test;

/** What a document may say of the virtual links of a Virtual Internet. */
class ViDocumentTest {
    private static final TunnelDocument EXAMPLE = TunnelDocument.of("""
            - {name: v4, encapsulation: {vi: {underlay: core/r1, local: 192.0.2.1, remote: 198.51.100.2, mssClamp: true}}}
            - {name: v6, encapsulation: {vi: {underlay: core/r1, local: "2001:db8::1", remote: "2001:db8:f::2"}}, mtu: 1300}
            """);
    private static final String V = "vpns[1].routers[0].interfaces";

    @Test
    void shouldReadAndWrite() throws InvalidConfigurationException {
        Configuration read = ConfigurationReader.read(EXAMPLE.text());
        assertThat(ConfigurationReader.read(ConfigurationWriter.toYaml(read))).isEqualTo(read);
        Attachment.Tunnel tunnel = (Attachment.Tunnel) EXAMPLE.tunnel(0).attachment();
        assertThat(tunnel.encapsulation()).isEqualTo(new Encapsulation.Vi());
        assertThat(EXAMPLE.tunnel(0).mtu()).isEqualTo(1_480);
        assertThat(Attachments.featureOf(tunnel).describe())
                .isEqualTo("vi mssClamp true in core/r1 192.0.2.1 -> 198.51.100.2");
    }

    @Test
    void shouldAskForAStrongEndSystemBesideItsOtherModes() throws InvalidConfigurationException {
        InterfaceSpec spec = new InterfaceSpec();
        Attachments.featureOf(EXAMPLE.tunnel(0).attachment())
                .program(spec, new RouterPath("blue", "r1"), new OneOfEach());
        assertThat(spec.tunnel().encapsulation()).isEqualTo(io.vireo.dataplane.wire.code.Encapsulation.IPIP);
        assertThat(spec.tunnel().modes()).isEqualTo(TunnelModes.STRONG_END_SYSTEM | TunnelModes.CLAMP_MSS);
    }

    /** Everything has the number 1. */
    private record OneOfEach() implements Numbers {
        @Override
        public int portId(String port) {
            return 1;
        }

        @Override
        public int routerId(RouterPath router) {
            return 1;
        }

        @Override
        public long vpnId(RouterPath router) {
            return 1;
        }

        @Override
        public int interfaceId(RouterPath router, String interfaceName) {
            return 1;
        }
    }

    /** Nothing comes in by a loopback. */
    @Test
    void shouldRefuseTheAddressOfALoopback() {
        EXAMPLE.replace("[192.0.2.1/24, ", "[")
                .replace(
                        "- {name: wan,",
                        "- {name: lo, loopback: true, addresses: [192.0.2.1/32]}\n          - {name: wan,")
                .assertRefused(V + "[0].encapsulation.vi.local", "is a loopback's");
        EXAMPLE.replace("local: 192.0.2.1", "local: 192.0.2.9")
                .assertRefused(V + "[0].encapsulation.vi.local", "is not an address of router core/r1");
    }

    /** On the wire both are IP in IP. */
    @Test
    void shouldRefuseTheSameEndsAsThoseOfIpInIp() {
        EXAMPLE.replace(
                        "- {name: v6, encapsulation: {vi: {underlay: core/r1, local: \"2001:db8::1\", remote: \"2001:db8:f::2\"}}",
                        "- {name: v6, encapsulation: {ipip: {underlay: core/r1, local: 192.0.2.1, remote: 198.51.100.2}}")
                .assertRefused(V + "[1].encapsulation.ipip.remote", "the far end of another tunnel");
    }
}

package io.vireo.control.model.attachment.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.model.Attachment;
import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.IpAddress;
import io.vireo.control.model.Keepalive;
import io.vireo.control.model.TimeSpan;
import io.vireo.control.model.attachment.TunnelDocument;
import io.vireo.control.model.document.ConfigurationReader;
import io.vireo.control.model.document.ConfigurationWriter;
import io.vireo.dataplane.wire.value.TunnelSpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a document may say of the keepalives of a tunnel. */
class KeepaliveDocumentTest {
    private static TunnelDocument of(String kind, String fields) {
        return TunnelDocument.of("- {name: t, encapsulation: {" + kind
                + ": {underlay: core/r1, local: 192.0.2.1, remote: 198.51.100.2" + fields
                + "}}, addresses: [10.0.0.1/30]}\n");
    }

    private static @Nullable Keepalive keepalive(TunnelDocument document) throws InvalidConfigurationException {
        return ((Attachment.Tunnel) document.tunnel(0).attachment()).keepalive();
    }

    @Test
    void shouldReadThem() throws InvalidConfigurationException {
        assertThat(keepalive(of("ipip", ""))).isNull();
        assertThat(keepalive(of("ipip", ", keepalive: {target: 10.0.0.2}")))
                .isEqualTo(new Keepalive(IpAddress.parse("10.0.0.2"), new TimeSpan(1_000_000_000L), 3));
        assertThat(keepalive(of("esp", ", keepalive: {target: 10.9.0.2, interval: 100ms, misses: 10}")))
                .isEqualTo(new Keepalive(IpAddress.parse("10.9.0.2"), new TimeSpan(100_000_000L), 10));
    }

    @ParameterizedTest
    @CsvSource({"ipip", "gre", "vns", "esp"})
    void shouldWriteWhatItReads(String kind) throws InvalidConfigurationException {
        for (String fields : new String[] {"", ", interval: 60s", ", misses: 1", ", interval: 1500ms, misses: 2"}) {
            var read = ConfigurationReader.read(
                    of(kind, ", keepalive: {target: 10.0.0.2" + fields + "}").text());
            assertThat(ConfigurationReader.read(ConfigurationWriter.toYaml(read)))
                    .isEqualTo(read);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|.target|is missing",
                "{target: r2}|.target|'r2'",
                "{target: 10.0.0.2, interval: 99ms}|.interval|is not between 100ms and 60s",
                "{target: 10.0.0.2, interval: 61s}|.interval|is not between 100ms and 60s",
                "{target: 10.0.0.2, interval: 100500us}|.interval|is not a whole number of milliseconds",
                "{target: 10.0.0.2, misses: 0}|.misses|1",
                "{target: 10.0.0.2, misses: 11}|.misses|10",
                "{target: 10.0.0.2, count: 3}|.count|",
                "{target: 10.0.0.1}||has a target that is an address of the interface itself: 10.0.0.1",
                "{target: 224.0.0.5}||has a target that is not the address of another router",
                "{target: '2001:db8::2'}||needs an address of the interface to send from",
            })
    void shouldNameFieldAndReason(String keepalive, @Nullable String field, @Nullable String reason) {
        of("gre", ", keepalive: " + keepalive)
                .assertRefused(
                        "vpns[1].routers[0].interfaces[0].encapsulation.gre.keepalive" + (field == null ? "" : field),
                        reason == null ? "" : reason);
    }

    @Test
    void shouldWantTheTargetOnTheLinkWhereFramesAreCarried() throws InvalidConfigurationException {
        assertThat(keepalive(of("vxlan", ", vni: 7, keepalive: {target: 10.0.0.2}")))
                .isNotNull();
        String reason =
                "has a target that is in none of the interface's subnets, and this tunnel carries frames: 10.9.0.2";
        of("vxlan", ", vni: 7, keepalive: {target: 10.9.0.2}")
                .assertRefused("vpns[1].routers[0].interfaces[0].encapsulation.vxlan.keepalive", reason);
        of("gre", ", ethernet: true, keepalive: {target: 10.9.0.2}")
                .assertRefused("vpns[1].routers[0].interfaces[0].encapsulation.gre.keepalive", reason);
    }

    @Test
    void shouldSayThemToTheDataPlane() {
        TunnelSpec spec = new TunnelSpec();
        KeepaliveFields.program(new Keepalive(IpAddress.parse("10.0.0.2"), new TimeSpan(250_000_000L), 4), spec);
        assertThat(spec.keepalive().targetLow()).isEqualTo(0x0a000002L);
        assertThat(spec.keepalive().intervalMs()).isEqualTo(250);
        assertThat(spec.keepalive().misses()).isEqualTo(4);
    }
}

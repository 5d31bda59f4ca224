package io.vireo.control.model.attachment.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.model.Attachment;
import io.vireo.control.model.Configuration;
import io.vireo.control.model.Interface;
import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.VpnIdEncoding;
import io.vireo.control.model.document.ConfigurationReader;
import io.vireo.control.model.document.ConfigurationWriter;
import io.vireo.control.model.document.Refusals;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a document may say of interfaces that are found by a VPN-ID. */
class VpnIdDocumentTest {
    private static final String EXAMPLE = """
        ports: [{name: p1, device: null, mtu: 1500}]
        vpns:
          - name: base
            id: 1
            routers: [{name: r1, interfaces: [{name: w0, port: p1, addresses: [10.0.0.1/24, "2001:db8::1/64"]}]}]
          - name: blue
            id: 2
            routers:
              - name: r1
                interfaces:
                  - {name: w1, port: p1, vpnId: true, addresses: [10.0.0.1/24]}
                  - {name: w2, port: p1, vlan: 7, vpnId: stream-id}
          - name: red
            id: 70000
            routers: [{name: r1, interfaces: [{name: w1, port: p1, vpnId: experimental, addresses: [10.0.0.1/24]}]}]
        """;
    private static final String BLUE = "vpns[1].routers[0].interfaces[0].";

    private static Interface first(Configuration configuration, int vpn) {
        return configuration.vpns().get(vpn).routers().getFirst().interfaces().getFirst();
    }

    @Test
    void shouldShareAPortAndLeaveRoomForTheOption() throws InvalidConfigurationException {
        Configuration read = ConfigurationReader.read(EXAMPLE);
        assertThat(first(read, 0).mtu()).isEqualTo(1_500);
        assertThat(first(read, 1).mtu()).isEqualTo(1_496);
        assertThat(first(read, 2).mtu()).isEqualTo(1_492);
        assertThat(first(read, 0).attachment()).isEqualTo(new Attachment.Access("p1", 0, null));
        assertThat(first(read, 1).attachment()).isEqualTo(new Attachment.Access("p1", 0, VpnIdEncoding.STREAM_ID));
        assertThat(first(read, 2).attachment()).isEqualTo(new Attachment.Access("p1", 0, VpnIdEncoding.EXPERIMENTAL));
    }

    @Test
    void shouldWriteWhatItReads() throws InvalidConfigurationException {
        Configuration read = ConfigurationReader.read(EXAMPLE);
        String yaml = ConfigurationWriter.toYaml(read);
        assertThat(yaml).contains("vpnId: true").contains("vpnId: experimental").doesNotContain("stream-id");
        assertThat(ConfigurationReader.read(yaml)).isEqualTo(read);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "vpnId: true|vpnId: false|vpnId|'false' is neither stream-id nor experimental",
                "vpnId: true|vpnId: 2|vpnId|'2' is neither stream-id nor experimental",
                "vpnId: true|vpnId: true, mtu: 1497|mtu|is above the 1500 of port p1, of which the VPN-ID takes 4",
                "id: 2|id: 65536|vpnId|VPN-ID 65536 does not fit into stream-id, which ends at 65535; it needs experimental",
            })
    void shouldNameFieldAndReason(String from, String to, String field, String reason) {
        assertRefused(from, to, BLUE + field, reason);
    }

    @Test
    void shouldRefuseASecondInterfaceOfAVpnAndASecondOneWithoutVpnId() {
        assertRefused(
                "port: p1, vlan: 7, vpnId: stream-id",
                "port: p1, vpnId: experimental",
                "vpns[1].routers[0].interfaces[1].vpnId",
                "is that of another interface of this VPN on the same port and VLAN");
        assertRefused("vpnId: true, ", "", BLUE + "port", "untagged frames of port p1 overlaps another interface");
    }

    @Test
    void shouldRefuseAnAddressOfIpv6() {
        assertRefused(
                "vpnId: true, addresses: [10.0.0.1/24]",
                "vpnId: true, addresses: [\"2001:db8:1::1/64\"]",
                BLUE + "addresses",
                "has one of IPv6, whose packets cannot say the VPN-ID");
    }

    @Test
    void shouldBelongToAPort() {
        assertRefused(
                "port: p1, vlan: 7, vpnId: stream-id",
                "loopback: true, vpnId: stream-id",
                "vpns[1].routers[0].interfaces[1].vpnId",
                "");
    }

    private static void assertRefused(String from, String to, String path, String reason) {
        Refusals.assertRefused(EXAMPLE, from, to, path, reason);
    }
}

package io.vireo.control.node.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class LayerReaderTest {
    private static final String INNER = "ip {source=10.0.2.2, destination=10.0.1.2, ttl=33, dscp=0}";

    @Test
    void shouldReadPacketsWithinEachOther() {
        assertThat(text(ScapyFrames.PLAIN)).isEqualTo(INNER);
        assertThat(text(ScapyFrames.GRE_IN_IPIP))
                .isEqualTo("ipip {source=198.51.100.2, destination=192.0.2.1, ttl=60, dscp=46}, "
                        + "gre {source=10.9.0.2, destination=10.9.0.1, ttl=50, dscp=0, key=7, sequence=5}, " + INNER);
        assertThat(text(ScapyFrames.ESP))
                .isEqualTo("esp {source=192.0.2.1, destination=192.0.2.2, ttl=64, dscp=0, spi=4711, sequence=3}, "
                        + INNER);
    }

    @Test
    void shouldReadVpnIdsOfBothOptions() {
        assertThat(text(ScapyFrames.EXPERIMENTAL_VPN_ID))
                .isEqualTo("vns {source=192.0.2.1, destination=192.0.2.2, ttl=9, dscp=0, vpnId=70000, flow=4660}, "
                        + INNER);
        assertThat(text(ScapyFrames.VXLAN_IN_STREAM_ID))
                .isEqualTo("vns {source=192.0.2.1, destination=192.0.2.2, ttl=64, dscp=0, vpnId=7}, "
                        + "udp vxlan {source=10.9.0.1, destination=10.9.0.2, ttl=64, dscp=0, sourcePort=50000, "
                        + "destinationPort=4789, vni=70}, " + INNER);
    }

    @Test
    void shouldReadVxlanBehindThePortsThatItHas() {
        byte[] frame = ScapyFrames.VXLAN_IN_STREAM_ID;

        assertThat(LayerReader.read(frame, Set.of(4789, 8472))).hasSize(3).isEqualTo(LayerReader.read(frame));
        assertThat(LayerReader.read(frame, Set.of(8472)))
                .as("a packet of the VNS tunnel, and UDP in it")
                .hasSize(2);
    }

    @Test
    void shouldReadIpv6EthernetAndLabels() {
        assertThat(text(ScapyFrames.ETHERNET_IN_GRE_IN_IPV6))
                .isEqualTo("gre {source=2001:db8::1, destination=2001:db8::2, ttl=8, dscp=0, ecn=1, flowLabel=77, "
                        + "checksum=0x0df4}, " + INNER);
        assertThat(text(ScapyFrames.TWO_LABELS)).isEqualTo("mpls {labelTtl=12, labels=16,17}, " + INNER);
        assertThat(text(ScapyFrames.MPLS_IN_UDP))
                .isEqualTo("udp mpls {source=192.0.2.1, destination=192.0.2.2, ttl=64, dscp=0, sourcePort=50000, "
                        + "destinationPort=6635, labelTtl=13, labels=18}, " + INNER);
    }

    private static String text(byte[] frame) {
        String text = LayerReader.read(frame).stream()
                .map(layer -> layer.kind() + " " + layer.fields())
                .toList()
                .toString();
        return text.substring(1, text.length() - 1);
    }
}

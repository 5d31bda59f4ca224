package io.vireo.dataplane.encapsulation;

import static io.vireo.dataplane.encapsulation.TunnelRig.T;
import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.Pcap;
import io.vireo.dataplane.Tshark;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.EspAlgorithm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** tshark, given the key, finds in what goes into an ESP tunnel the packets that went in. It knows AES-GCM, and no ChaCha20-Poly1305. */
class EspTsharkTest {
    private static final int PACKETS = 12;
    private static final int SPI = 0xcafe01;
    private static final int TTL = 64;

    @TempDir
    private Path directory;

    private static List<String> tshark(EspPeer peer, AddressFamily outer, Path capture)
            throws IOException, InterruptedException {
        boolean isIpv4 = outer == AddressFamily.IPV4;
        HexFormat hex = HexFormat.of();
        String association = "uat:esp_sa:\"%s\",\"%s\",\"%s\",\"0x%08x\",\"%s\",\"0x%s%s\",\"NULL\",\"\""
                .formatted(
                        isIpv4 ? "IPv4" : "IPv6",
                        isIpv4 ? "192.0.2.1" : "2001:db8:ff::1",
                        isIpv4 ? "192.0.2.2" : "2001:db8:ff::2",
                        SPI,
                        "AES-GCM with 16 octet ICV [RFC4106]",
                        hex.formatHex(peer.key()),
                        hex.formatHex(peer.salt()));
        return Tshark.fields(
                capture,
                "-o",
                "esp.enable_encryption_decode:TRUE",
                "-o",
                association,
                "-e",
                "esp.spi",
                "-e",
                "esp.sequence",
                "-e",
                "esp.contained_data");
    }

    @ParameterizedTest
    @CsvSource({"AES_GCM_128, false, IPV4, false", "AES_GCM_256, true, IPV6, false", "AES_GCM_128, true, IPV4, true"})
    void shouldFindThePacketsInside(EspAlgorithm algorithm, boolean isExtended, AddressFamily outer, boolean isInUdp)
            throws Exception {
        EspPeer peer = EspPeer.random(algorithm, isExtended, SPI);
        List<byte[]> sent = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int n = 0; n < PACKETS; n++) { // IPv4 before IPv6, as they leave
            boolean isIpv4 = n < PACKETS / 2;
            sent.add(TunnelRig.fromHost(TunnelRig.toFar(isIpv4, TTL, n)));
            byte[] inside = TunnelRig.toFar(isIpv4, TTL - 1, n);
            expected.add("0x%08x|%d|%s".formatted(SPI, n + 1, HexFormat.of().formatHex(inside)));
        }
        Path capture = directory.resolve("sent.pcap");
        TunnelKind plain = TunnelKind.esp(algorithm, isExtended);
        try (TunnelRig rig = new TunnelRig(isInUdp ? plain.inUdp() : plain, outer, sent, List.of())) {
            rig.dataplane
                    .proxy
                    .keys()
                    .addSecurityAssociation(7, peer.spec(T, true, rig.dataplane.memory.incarnation(), 1));
            rig.routeUnderlay(TunnelRig.U);
            rig.dataplane.run();
            Pcap.write(capture, rig.dataplane.sent(1));
        }

        assertThat(tshark(peer, outer, capture)).isEqualTo(expected);
    }
}

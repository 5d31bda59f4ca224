package io.vireo.dataplane.encapsulation;

import static io.vireo.dataplane.encapsulation.TunnelRig.T;
import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.Pcap;
import io.vireo.dataplane.ScapyScript;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.EspAlgorithm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against an independent implementation: scapy decrypts what goes into an ESP tunnel, and encrypts what comes out of it. */
class EspScapyTest {
    private static final int PACKETS = 200;
    private static final int SPI = 0xcafe01;

    @TempDir
    private Path directory;

    private List<byte[]> frames(String name) throws IOException {
        return Pcap.read(directory.resolve(name + ".pcap"));
    }

    private void scapy(EspPeer peer, TunnelKind kind, AddressFamily outer, String step) throws IOException {
        HexFormat hex = HexFormat.of();
        ScapyScript.run(
                EspScapyTest.class,
                "esp.py",
                directory,
                step,
                PACKETS,
                outer == AddressFamily.IPV4 ? 4 : 6,
                peer.algorithm().name(),
                SPI,
                hex.formatHex(peer.key()) + hex.formatHex(peer.salt()),
                peer.isExtended() ? 1 : 0,
                kind.isEspInUdp() ? EspPeer.UDP_PORT : 0);
    }

    @ParameterizedTest
    @CsvSource({
        "AES_GCM_128, false, IPV4, false",
        "AES_GCM_128, true, IPV6, false",
        "AES_GCM_256, true, IPV4, false",
        "AES_GCM_256, false, IPV6, false",
        "CHACHA20_POLY1305, false, IPV4, false",
        "CHACHA20_POLY1305, true, IPV6, false",
        "AES_GCM_128, true, IPV4, true",
        "CHACHA20_POLY1305, false, IPV6, true"
    })
    void shouldBeReadByScapyAndReadIt(EspAlgorithm algorithm, boolean isExtended, AddressFamily outer, boolean isInUdp)
            throws Exception {
        EspPeer peer = EspPeer.random(algorithm, isExtended, SPI);
        TunnelKind plain = TunnelKind.esp(algorithm, isExtended);
        TunnelKind kind = isInUdp ? plain.inUdp() : plain;
        scapy(peer, kind, outer, "make");
        try (TunnelRig rig = new TunnelRig(kind, outer, frames("out-in"), frames("in-in"))) {
            long incarnation = rig.dataplane.memory.incarnation();
            rig.dataplane.proxy.keys().addSecurityAssociation(7, peer.spec(T, true, incarnation, 1));
            rig.dataplane.proxy.keys().addSecurityAssociation(8, peer.spec(T, false, incarnation, 1));
            rig.routeUnderlay(TunnelRig.U);
            rig.dataplane.run();

            assertEqual(rig.dataplane.sent(0), frames("in-expected"));
            Pcap.write(directory.resolve("out-sent.pcap"), rig.dataplane.sent(1));
        }
        scapy(peer, kind, outer, "read");
        assertEqual(frames("out-read"), frames("out-expected"));
    }

    private static void assertEqual(List<byte[]> sent, List<byte[]> expected) {
        assertThat(sent.size()).isEqualTo(PACKETS);
        for (int i = 0; i < PACKETS; i++) {
            assertThat(sent.get(i)).as("packet %d", i).isEqualTo(expected.get(i));
        }
    }
}

package io.vireo.dataplane.encapsulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.Pcap;
import io.vireo.dataplane.ScapyScript;
import io.vireo.dataplane.wire.code.AddressFamily;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against an independent implementation: scapy says, octet by octet, what goes into a tunnel and comes out of it. */
class TunnelScapyTest {
    private static final int PACKETS = 300;

    @TempDir
    private Path directory;

    private List<byte[]> frames(String name) throws IOException {
        return Pcap.read(directory.resolve(name + ".pcap"));
    }

    private void generate(AddressFamily outer, int innerVersion) throws IOException, InterruptedException {
        int outerVersion = outer == AddressFamily.IPV4 ? 4 : 6;
        ScapyScript.run(TunnelScapyTest.class, "tunnel.py", directory, 2003, PACKETS, outerVersion, innerVersion);
    }

    @ParameterizedTest
    @CsvSource({"IPV4, 4", "IPV4, 6", "IPV6, 4", "IPV6, 6"})
    void shouldWrapAndUnwrapAsScapyExpects(AddressFamily outer, int innerVersion) throws Exception {
        generate(outer, innerVersion);
        try (TunnelRig rig = new TunnelRig(outer, frames("out-in"), frames("in-in"))) {
            rig.routeUnderlay(TunnelRig.U);
            rig.dataplane.run();

            assertEqual(
                    rig.dataplane.sent(1).stream()
                            .map(OuterPacket::withoutFlowLabel)
                            .toList(),
                    frames("out-expected"));
            assertEqual(rig.dataplane.sent(0), frames("in-expected"));
        }
    }

    private static void assertEqual(List<byte[]> sent, List<byte[]> expected) {
        assertThat(sent).hasSameSizeAs(expected).hasSize(PACKETS);
        for (int i = 0; i < sent.size(); i++) {
            assertThat(sent.get(i)).as("packet %d", i).isEqualTo(expected.get(i));
        }
    }
}

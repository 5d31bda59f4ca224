package io.vireo.dataplane.encapsulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.Pcap;
import io.vireo.dataplane.ScapyScript;
import io.vireo.dataplane.wire.code.AddressFamily;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against an independent implementation: scapy cuts outer packets into fragments, and says what was inside. */
class ReassemblyScapyTest {
    private static final int PACKETS = 100;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"IPV4, 576", "IPV4, 8", "IPV6, 1280"})
    void shouldPutTogetherWhatScapyCuts(AddressFamily outer, int fragmentBytes) throws Exception {
        ScapyScript.run(
                ReassemblyScapyTest.class,
                "fragments.py",
                directory,
                791,
                PACKETS,
                outer == AddressFamily.IPV4 ? 4 : 6,
                fragmentBytes);
        List<byte[]> frames = Pcap.read(directory.resolve("in.pcap"));
        List<byte[]> expected = Pcap.read(directory.resolve("expected.pcap"));
        assertThat(frames).hasSizeGreaterThan(PACKETS);
        try (TunnelRig rig = new TunnelRig(TunnelKind.GRE, outer, List.of(), frames)) {
            rig.dataplane.run();

            List<byte[]> sent = rig.dataplane.sent(0);
            assertThat(sent).hasSize(PACKETS);
            for (int n = 0; n < PACKETS; n++) {
                assertThat(sent.get(n)).as("packet %d", n).isEqualTo(expected.get(n));
            }
        }
    }
}

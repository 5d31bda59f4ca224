package io.vireo.dataplane.encapsulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.Pcap;
import io.vireo.dataplane.ScapyScript;
import io.vireo.dataplane.wire.code.AddressFamily;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Against an independent implementation: scapy says, octet by octet, what goes into a tunnel and comes out of it. */
class TunnelScapyTest {
    private static final int PACKETS = 300;

    @TempDir
    private Path directory;

    private List<byte[]> frames(String name) throws IOException {
        return Pcap.read(directory.resolve(name + ".pcap"));
    }

    private void generate(TunnelKind kind, AddressFamily outer, int innerVersion)
            throws IOException, InterruptedException {
        ScapyScript.run(
                TunnelScapyTest.class,
                "tunnel.py",
                directory,
                2003,
                PACKETS,
                outer == AddressFamily.IPV4 ? 4 : 6,
                innerVersion,
                kind.encapsulation().code(),
                kind.options(),
                Integer.toUnsignedString(kind.key()));
    }

    static Stream<Arguments> kindsAndVersions() {
        return TunnelKind.all()
                .flatMap(kind -> Stream.of(AddressFamily.values())
                        .flatMap(
                                outer -> Stream.of(4, 6).map(innerVersion -> Arguments.of(kind, outer, innerVersion))));
    }

    @ParameterizedTest
    @MethodSource("kindsAndVersions")
    void shouldWrapAndUnwrapAsScapyExpects(TunnelKind kind, AddressFamily outer, int innerVersion) throws Exception {
        generate(kind, outer, innerVersion);
        try (TunnelRig rig = new TunnelRig(kind, outer, frames("out-in"), frames("in-in"))) {
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

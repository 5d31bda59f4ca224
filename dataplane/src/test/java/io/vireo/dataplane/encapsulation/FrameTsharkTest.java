package io.vireo.dataplane.encapsulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.Pcap;
import io.vireo.dataplane.Tshark;
import io.vireo.dataplane.wire.code.AddressFamily;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** tshark finds in what goes into a tunnel that carries frames the frames that went in, behind headers that it finds right. */
class FrameTsharkTest {
    private static final int PACKETS = 12;

    /** Ethernet header of the frame inside, and what its tunnel's header says. */
    private static final String INSIDE = "02:00:00:00:bb:01|02:00:00:00:bb:02|";

    @TempDir
    private Path directory;

    static Stream<Arguments> kinds() {
        return Stream.of(
                Arguments.of(TunnelKind.VXLAN, ":udp:vxlan:eth:ethertype:", INSIDE + "16702650|||"),
                Arguments.of(TunnelKind.GRE_ETHERNET_WITH_ALL, ":gre:eth:ethertype:", INSIDE + "|0x87654321|1|0x6558"));
    }

    private static List<String> tshark(Path capture) throws IOException, InterruptedException {
        String fields = "-e eth.src -e eth.dst -e vxlan.vni -e gre.key -e gre.checksum.status -e gre.proto"
                + " -e frame.protocols";
        return Tshark.fields(capture, ("-o ip.check_checksum:TRUE -E occurrence=l " + fields).split(" ", -1));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldFindTheFramesInside(TunnelKind kind, String protocols, String inside) throws Exception {
        for (AddressFamily outer : AddressFamily.values()) {
            List<byte[]> sent = new ArrayList<>();
            for (int n = 0; n < PACKETS; n++) {
                sent.add(TunnelRig.fromHost(TunnelRig.toFar(n % 2 == 0, 64, n)));
            }
            Path capture = directory.resolve(outer + ".pcap");
            try (TunnelRig rig = new TunnelRig(kind, outer, sent, List.of())) {
                rig.routeUnderlay(TunnelRig.U);
                rig.dataplane.run();
                Pcap.write(capture, rig.dataplane.sent(1));
            }
            assertThat(tshark(capture))
                    .hasSize(PACKETS)
                    .allSatisfy(
                            line -> assertThat(line).startsWith(inside + "|").contains(protocols));
        }
    }
}

package io.vireo.dataplane.encapsulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.Pcap;
import io.vireo.dataplane.ScapyScript;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.TunnelModes;
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
    private static final int PACKETS = 60;

    @TempDir
    private Path directory;

    private List<byte[]> frames(String name) throws IOException {
        return Pcap.read(directory.resolve(name + ".pcap"));
    }

    private void generate(TunnelKind kind, AddressFamily outer, int innerVersion, int modes) throws IOException {
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
                Integer.toUnsignedString(kind.key()),
                modes & TunnelModes.BITS,
                TunnelModes.dscp(modes));
    }

    static Stream<Arguments> kindsAndVersions() {
        return TunnelKind.all()
                .flatMap(kind -> Stream.of(AddressFamily.values())
                        .filter(kind::isWithin)
                        .flatMap(
                                outer -> Stream.of(4, 6).map(innerVersion -> Arguments.of(kind, outer, innerVersion))));
    }

    @ParameterizedTest
    @MethodSource("kindsAndVersions")
    void shouldWrapAndUnwrapAsScapyExpects(TunnelKind kind, AddressFamily outer, int innerVersion) throws IOException {
        assertAsScapyExpects(kind, outer, innerVersion, TunnelModes.DEFAULT);
    }

    static Stream<Arguments> modes() {
        int uniform = TunnelModes.UNIFORM_TTL | TunnelModes.UNIFORM_DSCP | TunnelModes.CLAMP_MSS;
        int piped = TunnelModes.fixedDscp(34) | TunnelModes.PLAIN_ECN;
        return Stream.of(
                        TunnelKind.IPIP,
                        TunnelKind.GRE_WITH_ALL,
                        TunnelKind.VNS,
                        TunnelKind.VNS_WITH_FLOW,
                        TunnelKind.VXLAN,
                        TunnelKind.MPLS,
                        TunnelKind.MPLS_ON_LINK)
                .flatMap(kind -> Stream.of(AddressFamily.values())
                        .filter(kind::isWithin)
                        .flatMap(outer -> Stream.of(uniform, piped)
                                .flatMap(modes ->
                                        Stream.of(4, 6).map(inner -> Arguments.of(kind, outer, inner, modes)))));
    }

    @ParameterizedTest
    @MethodSource("modes")
    void shouldDoInEachModeAsScapyExpects(TunnelKind kind, AddressFamily outer, int innerVersion, int modes)
            throws IOException {
        assertAsScapyExpects(kind, outer, innerVersion, modes);
    }

    private void assertAsScapyExpects(TunnelKind kind, AddressFamily outer, int innerVersion, int modes)
            throws IOException {
        generate(kind, outer, innerVersion, modes);
        try (TunnelRig rig = new TunnelRig(kind, outer, frames("out-in"), frames("in-in"))) {
            rig.routeUnderlay(TunnelRig.U);
            var spec = rig.spec(TunnelRig.T, TunnelRig.INNER, TunnelRig.UNDERLAY, 1, 2)
                    .tunnelModes(modes);
            rig.dataplane.proxy.topology().addInterface(20, spec);
            rig.dataplane.settle();
            rig.dataplane.run();

            assertEqual(
                    rig.dataplane.sent(1).stream().map(OuterPacket::withoutFlow).toList(), frames("out-expected"));
            List<byte[]> received = rig.dataplane.sent(0);
            assertEqual(received, frames("in-expected"));
            assertThat(received.size() + rig.dataplane.drops(TunnelRig.UNDERLAY, DropReason.CONGESTION_MARKED))
                    .isEqualTo(PACKETS);
        }
    }

    private static void assertEqual(List<byte[]> sent, List<byte[]> expected) {
        assertThat(sent).hasSameSizeAs(expected).hasSizeGreaterThan(PACKETS / 2);
        for (int i = 0; i < sent.size(); i++) {
            assertThat(sent.get(i)).as("packet %d", i).isEqualTo(expected.get(i));
        }
    }
}

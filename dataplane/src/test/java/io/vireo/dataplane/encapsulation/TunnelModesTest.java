package io.vireo.dataplane.encapsulation;

import static io.vireo.dataplane.encapsulation.TunnelRig.INNER;
import static io.vireo.dataplane.encapsulation.TunnelRig.T;
import static io.vireo.dataplane.encapsulation.TunnelRig.U;
import static io.vireo.dataplane.encapsulation.TunnelRig.UNDERLAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.TestFrames;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.TunnelModes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Hop limit, DSCP and ECN of a tunnel in every mode, for all kinds and families, against the slow way of saying it. */
class TunnelModesTest {
    private static final int DSCP = 46;
    private static final int HOP_LIMIT = 64;
    private static final String[] ECN = {"Not-ECT", "ECT(1)", "ECT(0)", "CE"};

    static Stream<Arguments> kindsFamiliesAndModes() {
        return TunnelKindsTest.kindsAndFamilies()
                .flatMap(arguments -> modes(arguments.get()[0])
                        .map(modes -> Arguments.of(
                                arguments.get()[0],
                                arguments.get()[1],
                                arguments.get()[2],
                                modes)));
    }

    /** All of them for one kind; for others each once, since a kind may differ in where the fields are, not in what they say. */
    private static Stream<Integer> modes(Object kind) {
        return kind.equals(TunnelKind.IPIP)
                ? allModes()
                : Stream.of(
                        TunnelModes.fixedDscp(DSCP),
                        TunnelModes.UNIFORM_TTL | TunnelModes.UNIFORM_DSCP | TunnelModes.PLAIN_ECN);
    }

    private static Stream<Integer> allModes() {
        List<Integer> modes = new ArrayList<>();
        for (int ttl : List.of(0, TunnelModes.UNIFORM_TTL)) {
            for (int dscp : List.of(0, TunnelModes.UNIFORM_DSCP, TunnelModes.fixedDscp(DSCP))) {
                for (int ecn : List.of(0, TunnelModes.PLAIN_ECN)) {
                    modes.add(ttl | dscp | ecn);
                }
            }
        }
        return modes.stream();
    }

    private static void setModes(TunnelRig rig, int modes) {
        var spec = rig.spec(T, INNER, UNDERLAY, 1, 2).tunnelModes(modes);
        rig.dataplane.proxy.topology().addInterface(20, spec);
        rig.dataplane.settle();
    }

    @ParameterizedTest
    @MethodSource("kindsFamiliesAndModes")
    void shouldWriteTheOuterHeaderAsTheModesSay(TunnelKind kind, AddressFamily outer, boolean isInnerIpv4, int modes) {
        List<byte[]> packets = new ArrayList<>();
        for (int n = 0; n < 64; n++) {
            packets.add(withTrafficClass(TunnelRig.toFar(isInnerIpv4, 2 + 3 * n, n), n * 37 & 0xff));
        }
        List<byte[]> frames = packets.stream().map(TunnelRig::fromHost).toList();
        try (TunnelRig rig = new TunnelRig(kind, outer, frames, List.of())) {
            setModes(rig, modes);
            rig.routeUnderlay(U);
            rig.dataplane.run();

            List<byte[]> sent = rig.dataplane.sent(1);
            assertThat(sent).hasSameSizeAs(frames);
            for (int n = 0; n < sent.size(); n++) {
                byte[] inner = withHopLimit(packets.get(n), hopLimit(packets.get(n)) - 1);
                int trafficClass = trafficClass(inner);
                int dscp = has(modes, TunnelModes.FIXED_DSCP) ? DSCP << 2 : trafficClass & 0xfc;
                int ecn = has(modes, TunnelModes.PLAIN_ECN) ? 0 : trafficClass & 3;
                byte[] expected = withTrafficClass(rig.outer(inner, true, n), dscp | ecn);
                expected = withHopLimit(expected, has(modes, TunnelModes.UNIFORM_TTL) ? hopLimit(inner) : HOP_LIMIT);
                expected = kind.withLabelOfOuter(expected);
                assertThat(OuterPacket.withoutFlow(sent.get(n)))
                        .as("packet %d", n)
                        .isEqualTo(TunnelRig.toGateway(expected));
            }
        }
    }

    /** Each pair of ECN fields, with hop limits that are larger outside, equal and smaller. */
    @ParameterizedTest
    @MethodSource("kindsFamiliesAndModes")
    void shouldCarryInwardsWhatTheModesSay(TunnelKind kind, AddressFamily outer, boolean isInnerIpv4, int modes) {
        List<byte[]> frames = new ArrayList<>();
        List<byte[]> expected = new ArrayList<>();
        int dropped = 0;
        try (TunnelRig builder = new TunnelRig(kind, outer, List.of(), List.of())) {
            for (int n = 0; n < 64; n++) {
                int outerClass = (((n * 5) << 2) & 0xfc) | (n & 3);
                int innerClass = (((n * 11) << 2) & 0xfc) | ((n >> 2) & 3);
                int outerHops = 60 + (n >> 4);
                byte[] inner = withTrafficClass(TunnelRig.toNear(isInnerIpv4, 62, n), innerClass);
                byte[] packet = withTrafficClass(builder.outer(inner, false, n), outerClass);
                frames.add(TunnelRig.fromGateway(withHopLimit(packet, outerHops)));
                String ecn = decapsulated(ECN[innerClass & 3], ECN[outerClass & 3]);
                if (ecn.equals("drop")) {
                    dropped++;
                    continue;
                }
                int dscp = (has(modes, TunnelModes.UNIFORM_DSCP) ? outerClass : innerClass) & 0xfc;
                int hops = has(modes, TunnelModes.UNIFORM_TTL) ? Math.min(62, outerHops) : 62;
                byte[] received = withTrafficClass(inner, dscp | List.of(ECN).indexOf(ecn));
                expected.add(TunnelRig.toHost(withHopLimit(received, hops - 1)));
            }
        }
        try (TunnelRig rig = new TunnelRig(kind, outer, List.of(), frames)) {
            setModes(rig, modes);
            rig.dataplane.run();

            assertThat(rig.dataplane.sent(0)).containsExactlyElementsOf(expected);
            assertThat(rig.dataplane.drops(UNDERLAY, DropReason.CONGESTION_MARKED))
                    .isEqualTo(dropped);
        }
    }

    /** RFC 6040 §4.2. */
    private static String decapsulated(String inner, String outer) {
        if (inner.equals("Not-ECT")) {
            return outer.equals("CE") ? "drop" : inner;
        }
        if (outer.equals("CE") || inner.equals("CE")) {
            return "CE";
        }
        return outer.equals("ECT(1)") ? outer : inner;
    }

    private static boolean has(int modes, int option) {
        return (modes & option) != 0;
    }

    private static boolean isIpv4(byte[] packet) {
        return packet[0] >> 4 == 4;
    }

    private static int trafficClass(byte[] packet) {
        return isIpv4(packet) ? packet[1] & 0xff : (packet[0] & 0xf) << 4 | (packet[1] & 0xf0) >> 4;
    }

    private static byte[] withTrafficClass(byte[] packet, int trafficClass) {
        byte[] changed = packet.clone();
        if (isIpv4(packet)) {
            changed[1] = (byte) trafficClass;
            TestFrames.fixChecksum(changed);
        } else {
            changed[0] = (byte) (0x60 | trafficClass >> 4);
            changed[1] = (byte) ((trafficClass << 4) | (packet[1] & 0xf));
        }
        return changed;
    }

    private static int hopLimit(byte[] packet) {
        return packet[isIpv4(packet) ? 8 : 7] & 0xff;
    }

    private static byte[] withHopLimit(byte[] packet, int hopLimit) {
        byte[] changed = TestFrames.with(packet, isIpv4(packet) ? 8 : 7, hopLimit);
        if (isIpv4(packet)) {
            TestFrames.fixChecksum(changed);
        }
        return changed;
    }
}

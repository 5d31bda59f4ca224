package io.vireo.dataplane.encapsulation;

import static io.vireo.dataplane.encapsulation.TunnelRig.T;
import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.PuntReason;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The option that Linux puts behind the outer header of a tunnel over IPv6, unless it is forbidden to (RFC 2473 §4.1.1). */
class EncapsulationLimitTest {
    private static final int DESTINATION_OPTIONS = 60;
    private static final byte[] PADN = {0, 4, 1, 4, 1, 1, 0};
    private static final byte[] PAD1 = {0, 4, 1, 0, 0, 0, 0};
    private static final byte[] INNER = TunnelRig.toNear(true, 64, 1);

    static Stream<Arguments> kindsAndPaddings() {
        return Stream.of(TunnelKind.IPIP, TunnelKind.GRE, TunnelKind.GRE_WITH_ALL)
                .flatMap(kind -> Stream.of(PADN, PAD1).map(padding -> Arguments.of(kind, padding)));
    }

    /** Destination options of eight bytes, of which the first says what follows them. */
    private static byte[] options(TunnelKind kind, byte[] rest) {
        return GrePacket.with(new byte[] {(byte) kind.protocol(INNER)}, rest);
    }

    private static TunnelRig received(TunnelKind kind, byte[] headers, byte[] inner) {
        byte[] packet = OuterPacket.ipv6(
                DESTINATION_OPTIONS, headers, inner, TunnelRig.UNDERLAY6, 2, TunnelRig.UNDERLAY6, 1, 64);
        TunnelRig rig = new TunnelRig(kind, AddressFamily.IPV6, List.of(), List.of(TunnelRig.fromGateway(packet)));
        rig.dataplane.run();
        return rig;
    }

    @ParameterizedTest
    @MethodSource("kindsAndPaddings")
    void shouldPassOverTheEncapsulationLimit(TunnelKind kind, byte[] padding) {
        byte[] headers = GrePacket.with(options(kind, padding), kind.header(INNER, 0));
        try (TunnelRig rig = received(kind, headers, INNER)) {
            assertThat(rig.dataplane.sent(0)).containsExactly(TunnelRig.toHost(TunnelRig.toNear(true, 63, 1)));
        }
    }

    /** A longer header, another option, another length, another option behind it. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 4})
    void shouldLeaveOtherOptionsToTheKernel(int at) {
        byte[] options = PADN.clone();
        options[at] = (byte) (options[at] + 2);
        byte[] headers = GrePacket.with(options(TunnelKind.GRE, options), TunnelKind.GRE.header(INNER, 0));
        try (TunnelRig rig = received(TunnelKind.GRE, headers, INNER)) {
            assertThat(rig.dataplane.punts.reasons).containsExactly(PuntReason.LOCAL.code());
            assertThat(rig.dataplane.statistics().interfaceCounts(T).rxPackets())
                    .isZero();
        }
    }

    @Test
    void shouldLeaveWhatIsCutOffToTheKernel() {
        byte[] cut = {(byte) GrePacket.PROTOCOL, 0, 4, 1, 4, 1, 1};
        try (TunnelRig rig = received(TunnelKind.GRE, cut, new byte[0])) {
            assertThat(rig.dataplane.punts.reasons).containsExactly(PuntReason.LOCAL.code());
        }
    }
}

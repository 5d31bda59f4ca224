package io.vireo.dataplane.encapsulation;

import static io.vireo.dataplane.encapsulation.TunnelRig.INNER;
import static io.vireo.dataplane.encapsulation.TunnelRig.T;
import static io.vireo.dataplane.encapsulation.TunnelRig.U;
import static io.vireo.dataplane.encapsulation.TunnelRig.UNDERLAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.GreOptions;
import io.vireo.dataplane.wire.code.PuntReason;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tunnels between the same addresses, which differ by their keys (RFC 2890 §2.1). */
class GreKeysTest {
    private static final int OTHER = T + 1;
    private static final TunnelKind SEVEN = TunnelKind.keyed(7);
    private static final TunnelKind ZERO = TunnelKind.keyed(0);

    /** A frame from the far end, as it would send it into a tunnel of a kind. */
    private static byte[] from(TunnelRig rig, TunnelKind kind, int remote) {
        byte[] inner = TunnelRig.toNear(true, 64, 0);
        return TunnelRig.fromGateway(rig.outer(GrePacket.PROTOCOL, kind.header(inner, 0), inner, remote, 1, 0));
    }

    private static byte[] from(AddressFamily outer, TunnelKind kind, int remote) {
        try (TunnelRig builder = new TunnelRig(outer, List.of(), List.of())) {
            return from(builder, kind, remote);
        }
    }

    private static long received(TunnelRig rig, int interfaceId) {
        return rig.dataplane.statistics().interfaceCounts(interfaceId).rxPackets();
    }

    private static long wrongKeys(TunnelRig rig) {
        return rig.dataplane.drops(UNDERLAY, DropReason.TUNNEL_KEY);
    }

    @ParameterizedTest
    @EnumSource(AddressFamily.class)
    void shouldReceiveByTheTunnelOfEachKey(AddressFamily outer) {
        List<byte[]> frames = List.of(
                from(outer, TunnelKind.keyed(7), 2),
                from(outer, TunnelKind.keyed(-7), 2),
                from(outer, TunnelKind.keyed(-7), 2));
        try (TunnelRig rig = new TunnelRig(SEVEN, outer, List.of(), frames)) {
            rig.addTunnel(OTHER, INNER, TunnelKind.keyed(-7), 2);
            rig.dataplane.settle();
            rig.dataplane.run();

            assertThat(received(rig, T)).isEqualTo(1);
            assertThat(received(rig, OTHER)).isEqualTo(2);
        }
    }

    @Test
    void shouldKeepAHundredKeysApart() {
        int first = OTHER;
        int count = 100;
        List<byte[]> frames;
        try (TunnelRig builder = new TunnelRig(AddressFamily.IPV4, List.of(), List.of())) {
            frames = IntStream.range(0, count)
                    .mapToObj(n -> from(builder, TunnelKind.keyed(1000 + n), 2))
                    .toList();
        }
        try (TunnelRig rig = new TunnelRig(TunnelKind.GRE, AddressFamily.IPV4, List.of(), frames)) {
            for (int n = 0; n < count; n++) {
                rig.addTunnel(first + n, INNER, TunnelKind.keyed(1000 + n), 2);
            }
            rig.dataplane.settle();
            rig.dataplane.run();

            assertThat(IntStream.range(first, first + count).mapToLong(id -> received(rig, id)))
                    .containsOnly(1L);
        }
    }

    @Test
    void shouldSendEachTunnelsKey() {
        byte[] packet = TunnelRig.toFar(true, 64, 0);
        byte[] forwarded = TunnelRig.toFar(true, 63, 0);
        List<byte[]> frames = List.of(TunnelRig.fromHost(packet));
        try (TunnelRig rig = new TunnelRig(TunnelKind.GRE, AddressFamily.IPV4, frames, List.of())) {
            rig.addTunnel(OTHER, INNER, TunnelKind.keyed(0xfedcba98), 2);
            rig.dataplane.settle();
            rig.route4(INNER, TunnelRig.FAR4, 32, OTHER, 0);
            rig.routeUnderlay(U);
            rig.dataplane.run();

            byte[] header = GrePacket.header(GrePacket.IPV4, 0xfedcba98, false, null, forwarded);
            byte[] outer = rig.outer(GrePacket.PROTOCOL, header, forwarded, 1, 2, 0);
            assertThat(rig.dataplane.sent(1)).containsExactly(TunnelRig.toGateway(outer));
        }
    }

    @Test
    void shouldKeepKeyZeroApartFromNoKey() {
        byte[] keyed = from(AddressFamily.IPV4, ZERO, 2);
        byte[] keyless = from(AddressFamily.IPV4, TunnelKind.GRE, 2);
        try (TunnelRig rig = new TunnelRig(ZERO, AddressFamily.IPV4, List.of(), List.of(keyed, keyless))) {
            rig.dataplane.run();
            assertThat(received(rig, T)).isEqualTo(1);
            assertThat(wrongKeys(rig)).isEqualTo(1);
        }
        List<byte[]> frames = List.of(keyed, keyless, keyless);
        try (TunnelRig rig = new TunnelRig(TunnelKind.GRE, AddressFamily.IPV4, List.of(), frames)) {
            rig.addTunnel(OTHER, INNER, ZERO, 2);
            rig.dataplane.settle();
            rig.dataplane.run();
            assertThat(received(rig, T)).isEqualTo(2);
            assertThat(received(rig, OTHER)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(AddressFamily.class)
    void shouldDropAnUnknownOrMissingKeyAndLeaveAStrangersToTheKernel(AddressFamily outer) {
        List<byte[]> frames = List.of(
                from(outer, TunnelKind.keyed(8), 2),
                from(outer, TunnelKind.GRE, 2),
                from(outer, TunnelKind.keyed(7), 3),
                from(outer, TunnelKind.GRE, 3));
        try (TunnelRig rig = new TunnelRig(SEVEN, outer, List.of(), frames)) {
            rig.dataplane.run();

            assertThat(wrongKeys(rig)).isEqualTo(2);
            assertThat(rig.dataplane.punts.reasons).containsExactly(PuntReason.LOCAL.code(), PuntReason.LOCAL.code());
            assertThat(received(rig, T)).isZero();
        }
    }

    @Test
    void shouldDropAKeyOfAKeylessTunnel() {
        byte[] frame = from(AddressFamily.IPV4, SEVEN, 2);
        try (TunnelRig rig = new TunnelRig(TunnelKind.GRE, AddressFamily.IPV4, List.of(), List.of(frame))) {
            rig.dataplane.run();
            assertThat(wrongKeys(rig)).isEqualTo(1);
        }
    }

    @Test
    void shouldKnowThePairUntilItsLastTunnelIsRemoved() {
        byte[] frame = from(AddressFamily.IPV4, TunnelKind.keyed(8), 2);
        List<byte[]> frames = List.of(frame);
        try (TunnelRig rig = new TunnelRig(SEVEN, AddressFamily.IPV4, List.of(), frames)) {
            rig.addTunnel(OTHER, INNER, ZERO, 2);
            rig.dataplane.proxy.topology().removeInterface(20, T);
            rig.dataplane.settle();
            rig.dataplane.run();
            assertThat(wrongKeys(rig)).isEqualTo(1);
        }
        try (TunnelRig rig = new TunnelRig(SEVEN, AddressFamily.IPV4, List.of(), frames)) {
            rig.addTunnel(OTHER, INNER, ZERO, 2);
            rig.dataplane.proxy.topology().removeInterface(20, T);
            rig.dataplane.proxy.topology().removeInterface(21, OTHER);
            rig.dataplane.settle();
            rig.dataplane.run();
            assertThat(wrongKeys(rig)).isZero();
            assertThat(rig.dataplane.punts.reasons).containsExactly(PuntReason.LOCAL.code());
        }
    }

    /** Each of them takes an index of a pair and gives it back. */
    @Test
    void shouldNeverRunOutOfPairs() {
        byte[] frame = from(AddressFamily.IPV4, TunnelKind.keyed(8), 2);
        try (TunnelRig rig = new TunnelRig(SEVEN, AddressFamily.IPV4, List.of(), List.of(frame))) {
            for (int n = 0; n < 1000; n++) {
                rig.addTunnel(OTHER, INNER, ZERO, 3 + n % 200);
                rig.dataplane.settle();
                rig.dataplane.proxy.topology().removeInterface(20, OTHER);
                rig.dataplane.settle();
            }
            rig.dataplane.run();
            assertThat(wrongKeys(rig)).isEqualTo(1);
        }
    }

    @Test
    void shouldRefuseByFieldWhatIsThereOrCannotChange() {
        try (TunnelRig rig = new TunnelRig(SEVEN, AddressFamily.IPV4, List.of(), List.of())) {
            rig.addTunnel(OTHER, INNER, SEVEN, 2);
            rig.addTunnel(
                    OTHER, INNER, new TunnelKind(SEVEN.encapsulation(), GreOptions.KEY | GreOptions.CHECKSUM, 7), 2);
            rig.addTunnel(T, INNER, TunnelKind.keyed(8), 2);
            rig.addTunnel(T, INNER, TunnelKind.GRE, 2);
            rig.addTunnel(T, INNER, TunnelKind.IPIP, 2);
            rig.dataplane.conduct();

            assertThat(rig.dataplane.events.refusals)
                    .satisfiesExactly(
                            refusal ->
                                    assertThat(refusal).contains("tunnelKey: interface 12 is a tunnel with this key"),
                            refusal ->
                                    assertThat(refusal).contains("tunnelKey: interface 12 is a tunnel with this key"),
                            refusal ->
                                    assertThat(refusal).contains("tunnelKey: interface 12 exists with another value"),
                            refusal -> assertThat(refusal).contains("greOptions: interface 12 exists with another"),
                            refusal -> assertThat(refusal).contains("encapsulation: interface 12 exists with another"));
        }
    }
}

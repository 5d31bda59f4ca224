package io.vireo.dataplane.encapsulation;

import static io.vireo.dataplane.encapsulation.TunnelRig.INNER;
import static io.vireo.dataplane.encapsulation.TunnelRig.T;
import static io.vireo.dataplane.encapsulation.TunnelRig.U;
import static io.vireo.dataplane.encapsulation.TunnelRig.UNDERLAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.path.TunnelWires;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.DelayDistribution;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.value.EmulationSpec;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Emulated wires of tunnels: what one sends is held with all its headers, and then goes the way that it would have gone at once. */
class EmulatedTunnelTest {
    private static final long MS = 1_000_000;

    /** A tick of the wheel, and the round in which it is seen. */
    private static final long TICK = 20_000;

    private static final int FRAMES = 40;

    private static List<byte[]> frames() {
        return Collections.nCopies(FRAMES, TunnelRig.fromHost(TunnelRig.toFar(true, 64, 3)));
    }

    private static EmulationSpec delay(long ns) {
        return new EmulationSpec()
                .delay(ns, 0, DelayDistribution.UNIFORM, false)
                .limitPackets(1_000);
    }

    private static void emulate(TunnelRig rig, int interfaceId, EmulationSpec spec) {
        rig.dataplane.proxy.emulations().setEmulation(9, interfaceId, spec);
        rig.dataplane.settle();
    }

    /** Rounds at one time: what is soon due would keep {@link io.vireo.dataplane.HandDrivenDataplane#run} busy for ever. */
    private static void pass(TunnelRig rig, long ns) {
        rig.dataplane.advance(ns);
        for (int n = 0; n < 20; n++) {
            rig.dataplane.round();
        }
    }

    @ParameterizedTest
    @MethodSource("io.vireo.dataplane.encapsulation.TunnelKind#all")
    void shouldSendTheSamePacketsLater(TunnelKind kind) {
        List<byte[]> atOnce;
        try (TunnelRig rig = new TunnelRig(kind, AddressFamily.IPV4, frames(), List.of())) {
            rig.routeUnderlay(U);
            pass(rig, 0);
            atOnce = rig.dataplane.sent(1);
        }
        try (TunnelRig rig = new TunnelRig(kind, AddressFamily.IPV4, frames(), List.of())) {
            rig.routeUnderlay(U);
            emulate(rig, T, delay(3 * MS));
            pass(rig, 0);
            pass(rig, 3 * MS - 1);
            assertThat(rig.dataplane.statistics().interfaceCounts(U).txPackets())
                    .isZero();
            pass(rig, TICK);
            assertThat(rig.dataplane.sent(1)).hasSize(FRAMES).containsExactlyElementsOf(atOnce);
        }
    }

    /** Tunnel n's far end is behind tunnel n + 1; the last one's is behind U, whose wire comes last. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, TunnelWires.MAX_WIRES})
    void shouldPassTheWiresOfAllTunnelsWithinEachOther(int tunnels) {
        try (TunnelRig rig = new TunnelRig(AddressFamily.IPV4, frames(), List.of())) {
            for (int n = 1; n < tunnels; n++) {
                rig.addTunnel(T + n, UNDERLAY, 1, 2 + n);
                rig.dataplane.settle();
                rig.route4(UNDERLAY, 0xc0000200 | 1 + n, 32, T + n, 0);
            }
            rig.routeUnderlay(U);
            for (int n = 0; n < tunnels; n++) {
                emulate(rig, T + n, delay((n + 1) * MS));
            }
            emulate(rig, U, delay(10 * MS));
            pass(rig, 0);
            for (int n = 0; n < tunnels; n++) {
                pass(rig, (n + 1) * MS + TICK);
            }
            pass(rig, 10 * MS - TICK);
            assertThat(rig.dataplane.statistics().interfaceCounts(U).txPackets())
                    .as("before the last wire's end")
                    .isZero();
            pass(rig, 2 * TICK);
            assertThat(rig.dataplane.sent(1)).hasSize(FRAMES);
        }
    }

    @Test
    void shouldChargeWhatIsLostToTheTunnelAndItsRouter() {
        try (TunnelRig rig = new TunnelRig(AddressFamily.IPV4, frames(), List.of())) {
            rig.routeUnderlay(U);
            emulate(rig, T, delay(MS).loss(EmulationSpec.ALWAYS));
            pass(rig, 2 * MS);
            pass(rig, 2 * MS);

            assertThat(rig.dataplane.drops(INNER, DropReason.EMULATED_LOSS)).isEqualTo(FRAMES);
            assertThat(rig.dataplane.statistics().interfaceCounts(T).dropPackets())
                    .isEqualTo(FRAMES);
            assertThat(rig.dataplane.statistics().interfaceCounts(U).dropPackets())
                    .isZero();
            assertThat(rig.dataplane.buffersInUse()).isZero();
        }
    }

    @Test
    void shouldSendAtOnceWhereTheEmulationHasEnded() {
        try (TunnelRig rig = new TunnelRig(AddressFamily.IPV4, frames(), List.of())) {
            rig.routeUnderlay(U);
            emulate(rig, T, delay(50 * MS));
            emulate(rig, T, new EmulationSpec());
            pass(rig, 0);

            assertThat(rig.dataplane.sent(1)).hasSize(FRAMES);
        }
    }

    @Test
    void shouldDropWhatIsOnTheWireOfATunnelThatGoes() {
        try (TunnelRig rig = new TunnelRig(AddressFamily.IPV4, frames(), List.of())) {
            rig.routeUnderlay(U);
            emulate(rig, T, delay(5 * MS));
            pass(rig, 0);
            rig.dataplane.proxy.topology().removeInterface(20, T);
            rig.dataplane.settle();
            rig.addTunnel(T, INNER, 1, 2);
            rig.dataplane.settle();
            pass(rig, 6 * MS);

            assertThat(rig.dataplane.statistics().interfaceCounts(U).txPackets())
                    .isZero();
            assertThat(rig.dataplane.drops(-1, DropReason.EGRESS_DOWN)).isEqualTo(FRAMES);
            assertThat(rig.dataplane.buffersInUse()).isZero();
        }
    }
}

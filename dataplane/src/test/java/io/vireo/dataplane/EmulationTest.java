package io.vireo.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.DelayDistribution;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.RouteKind;
import io.vireo.dataplane.wire.code.TraceStage;
import io.vireo.dataplane.wire.value.EmulationSpec;
import io.vireo.dataplane.wire.value.NextHops;
import java.util.Collections;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * Emulated wires of a whole data plane: port 0, router 0, a link, router 1, port 1. Whatever leaves by the link or by port 1 is held
 * there, whoever sent it; and changes lose nothing.
 */
class EmulationTest {
    private static final long MS = 1_000_000;
    private static final long HOST = 0x02000000aa01L;
    private static final int IN = 0;
    private static final int LEFT = 1;
    private static final int RIGHT = 2;
    private static final int OUT = 3;
    private static final int VIA = 0x0a0a0a0a;

    private static long mac(int interfaceId) {
        return 0x020000000000L + interfaceId;
    }

    private static byte[] frame() {
        return TestFrames.ethernet(mac(IN), HOST, 0x0800, TestFrames.ipv4(0x0a000102, 0x0a630001, 64, 20));
    }

    private static HandDrivenDataplane dataplane(int workers, int frames) {
        HandDrivenDataplane dataplane = new HandDrivenDataplane(workers);
        dataplane.port(0, Collections.nCopies(frames, frame()));
        dataplane.port(1);
        topology(dataplane);
        dataplane.settle();
        return dataplane;
    }

    private static void topology(HandDrivenDataplane dataplane) {
        var topology = dataplane.proxy.topology();
        topology.addRouter(1, 0, 7, 100_000, 1_000, "r0");
        topology.addRouter(1, 1, 8, 100_000, 1_000, "r1");
        topology.addInterface(2, TestInterfaces.access(IN, 0, 0, 0, mac(IN), 1500, "in"));
        topology.addInterface(2, TestInterfaces.link(LEFT, 0, RIGHT, mac(LEFT), 1500, "left"));
        topology.addInterface(2, TestInterfaces.link(RIGHT, 1, LEFT, mac(RIGHT), 1500, "right"));
        topology.addInterface(2, TestInterfaces.access(OUT, 1, 1, 0, mac(OUT), 1500, "out"));
        route(dataplane, 0, LEFT, mac(RIGHT));
        route(dataplane, 1, OUT, HOST);
    }

    private static void route(HandDrivenDataplane dataplane, int router, int egress, long mac) {
        NextHops via = new NextHops().add(egress, 0, VIA, 1);
        dataplane.proxy.tables().addRoute(6, router, AddressFamily.IPV4, 0, 0x0a630000, 16, RouteKind.UNICAST, via);
        dataplane.proxy.tables().addNeighbour(7, egress, AddressFamily.IPV4, 0, VIA, mac);
    }

    private static EmulationSpec delay(long ns) {
        return new EmulationSpec()
                .delay(ns, 0, DelayDistribution.UNIFORM, false)
                .limitPackets(1_000);
    }

    private static void emulate(HandDrivenDataplane dataplane, int interfaceId, EmulationSpec spec) {
        dataplane.proxy.emulations().setEmulation(9, interfaceId, spec);
        dataplane.settle();
    }

    private static long sent(HandDrivenDataplane dataplane, int interfaceId) {
        return dataplane.statistics().interfaceCounts(interfaceId).txPackets();
    }

    private static long received(HandDrivenDataplane dataplane, int interfaceId) {
        return dataplane.statistics().interfaceCounts(interfaceId).rxPackets();
    }

    /** Rounds at one time: what is soon due would keep {@link HandDrivenDataplane#run} busy for ever. */
    private static void rounds(HandDrivenDataplane dataplane) {
        for (int n = 0; n < 20; n++) {
            dataplane.round();
        }
    }

    private static void pass(HandDrivenDataplane dataplane, long ns) {
        dataplane.advance(ns);
        rounds(dataplane);
    }

    @Test
    void shouldHoldWhatLeavesByALinkAndByAPort() {
        try (HandDrivenDataplane dataplane = dataplane(1, 100)) {
            emulate(dataplane, LEFT, delay(3 * MS));
            emulate(dataplane, OUT, delay(5 * MS));
            rounds(dataplane);
            assertThat(sent(dataplane, LEFT)).isZero();
            pass(dataplane, 3 * MS - 1);
            assertThat(received(dataplane, RIGHT)).isZero();
            pass(dataplane, 20_000);
            assertThat(sent(dataplane, LEFT)).isEqualTo(100);
            assertThat(received(dataplane, RIGHT)).isEqualTo(100);
            assertThat(sent(dataplane, OUT)).isZero();
            pass(dataplane, 5 * MS + 20_000);
            assertThat(sent(dataplane, OUT)).isEqualTo(100);
            assertThat(dataplane.sent(1)).hasSize(100);
        }
    }

    @Test
    void shouldHoldWhatAnotherWorkerHandsOver() {
        try (HandDrivenDataplane dataplane = dataplane(2, 100)) {
            emulate(dataplane, OUT, delay(5 * MS));
            rounds(dataplane);
            assertThat(sent(dataplane, OUT)).isZero();
            pass(dataplane, 5 * MS + 20_000);
            assertThat(sent(dataplane, OUT)).isEqualTo(100);
        }
    }

    @Test
    void shouldHoldWhatTheKernelSendsAndKeepItsPrecedence() {
        try (HandDrivenDataplane dataplane = dataplane(1, 0)) {
            emulate(dataplane, OUT, delay(5 * MS));
            byte[] arp = TestFrames.ethernet(0xffffffffffffL, mac(OUT), 0x0806, new byte[46]);
            dataplane.injectWriter(0).inject(OUT, new UnsafeBuffer(arp), 0, arp.length);
            rounds(dataplane);
            assertThat(sent(dataplane, OUT)).isZero();
            pass(dataplane, 5 * MS + 20_000);
            assertThat(dataplane.statistics().portCounts(1).ownControlPackets()).isEqualTo(1);
            assertThat(dataplane.sent(1)).containsExactly(arp);
        }
    }

    @Test
    void shouldLoseNothingWhenItChangesOrEnds() {
        try (HandDrivenDataplane dataplane = dataplane(1, 100)) {
            emulate(dataplane, OUT, delay(5 * MS));
            rounds(dataplane);
            emulate(dataplane, OUT, delay(9 * MS));
            emulate(dataplane, OUT, new EmulationSpec());
            byte[] arp = TestFrames.ethernet(0xffffffffffffL, mac(OUT), 0x0806, new byte[46]);
            dataplane.injectWriter(0).inject(OUT, new UnsafeBuffer(arp), 0, arp.length);
            rounds(dataplane);
            assertThat(sent(dataplane, OUT)).isEqualTo(1);
            pass(dataplane, 5 * MS + 20_000);
            assertThat(sent(dataplane, OUT)).isEqualTo(101);
        }
    }

    @Test
    void shouldEnforceABandwidth() {
        try (HandDrivenDataplane dataplane = dataplane(1, 100)) {
            emulate(
                    dataplane,
                    LEFT,
                    new EmulationSpec().rate(1_000_000, 50 * MS).limitPackets(1_000));
            rounds(dataplane);
            long bytes = frame().length + 24L;
            long fit = 50 * MS / (bytes * 8_000) + 1;
            assertThat(dataplane.drops(0, DropReason.EMULATION_QUEUE_FULL)).isBetween(100 - fit - 1, 100 - fit);
            pass(dataplane, 20 * MS);
            assertThat(received(dataplane, RIGHT)).isBetween(20 * MS / (bytes * 8_000) - 1, 20 * MS / (bytes * 8_000));
            pass(dataplane, 100 * MS);
            assertThat(received(dataplane, RIGHT)).isBetween(fit, fit + 1);
        }
    }

    @Test
    void shouldDropWhatIsOnTheWireOfAnInterfaceThatIsRemoved() {
        try (HandDrivenDataplane dataplane = dataplane(1, 100)) {
            emulate(dataplane, LEFT, delay(5 * MS));
            rounds(dataplane);
            dataplane.proxy.topology().removeInterface(8, LEFT);
            dataplane.proxy.topology().addInterface(8, TestInterfaces.link(LEFT, 0, RIGHT, mac(LEFT), 1500, "again"));
            dataplane.settle();
            pass(dataplane, 6 * MS);
            assertThat(received(dataplane, RIGHT)).isZero();
            assertThat(dataplane.drops(-1, DropReason.EGRESS_DOWN)).isEqualTo(100);
        }
    }

    @Test
    void shouldHoldNothingOfAnInterfaceThatComesAgain() {
        try (HandDrivenDataplane dataplane = dataplane(1, 100)) {
            emulate(dataplane, LEFT, delay(5 * MS));
            dataplane.proxy.topology().removeInterface(8, LEFT);
            topology(dataplane);
            dataplane.settle();
            rounds(dataplane);
            assertThat(received(dataplane, RIGHT)).isEqualTo(100);
        }
    }

    @Test
    void shouldFreeWhatIsOnTheWireWhenItStops() {
        try (HandDrivenDataplane dataplane = dataplane(1, 100)) {
            emulate(dataplane, LEFT, delay(60_000 * MS));
            rounds(dataplane);
            assertThat(dataplane.buffersInUse()).isGreaterThanOrEqualTo(100);
        }
    }

    @Test
    void shouldEndWhatAResynchronisationDoesNotRepeat() {
        try (HandDrivenDataplane dataplane = dataplane(1, 100)) {
            emulate(dataplane, LEFT, delay(5 * MS));
            emulate(dataplane, OUT, delay(7 * MS));
            dataplane.proxy.resyncBegin(6, 1);
            dataplane.port(0, Collections.nCopies(100, frame()));
            dataplane.port(1);
            topology(dataplane);
            dataplane.proxy.emulations().setEmulation(9, OUT, delay(7 * MS));
            dataplane.proxy.resyncEnd(8, 1);
            dataplane.settle();
            rounds(dataplane);
            assertThat(received(dataplane, RIGHT)).isEqualTo(100);
            assertThat(sent(dataplane, OUT)).isZero();
            pass(dataplane, 8 * MS);
            assertThat(sent(dataplane, OUT)).isEqualTo(100);
        }
    }

    @Test
    void shouldRefuseWhatIsNotThere() {
        try (HandDrivenDataplane dataplane = dataplane(1, 0)) {
            dataplane.proxy.emulations().setEmulation(11, 20, delay(MS));
            dataplane.conduct();
            assertThat(dataplane.events.refusals).containsExactly("NOT_FOUND interfaceId: there is no interface 20");
        }
    }

    @Test
    void shouldNotRunOutOfRecordsHoweverOftenItChanges() {
        try (HandDrivenDataplane dataplane = dataplane(1, 0)) {
            for (int n = 1; n <= 2_000; n++) {
                dataplane.proxy.emulations().setEmulation(9, OUT, delay(n * MS));
                if (n % 50 == 0) {
                    dataplane.settle();
                }
            }
            dataplane.settle();
        }
    }

    @Test
    void shouldTraceByTheWire() {
        try (HandDrivenDataplane dataplane = dataplane(1, 0)) {
            emulate(dataplane, LEFT, delay(5 * MS));
            byte[] frame = frame();
            dataplane.injectWriter(0).trace(77, IN, new UnsafeBuffer(frame), 0, frame.length);
            rounds(dataplane);
            assertThat(dataplane.punts.steps.toString()).contains(TraceStage.EMULATE.name());
        }
    }
}

package io.vireo.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.PuntReason;
import io.vireo.dataplane.wire.code.RouteKind;
import io.vireo.dataplane.wire.value.NextHops;
import java.util.Collections;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Routers of one node in a row, joined by internal links; and ports that several workers share. */
class LinkTest {
    private static final long HOST = 0x02000000aa01L;
    private static final long DESTINATION = 0x0a630001;
    private static final int CHAIN = 32;

    private static long mac(int interfaceId) {
        return 0x020000000000L + interfaceId;
    }

    private static int left(int router) {
        return 2 * router;
    }

    private static int right(int router) {
        return 2 * router + 1;
    }

    private static byte[] frame(int ttl) {
        return TestFrames.ethernet(mac(left(0)), HOST, 0x0800, TestFrames.ipv4(0x0a000102, (int) DESTINATION, ttl, 20));
    }

    /** Routers 0..n-1: port 0 leads into the first, port 1 out of the last. */
    private static void chain(HandDrivenDataplane dataplane, int routers, List<byte[]> frames) {
        dataplane.port(0, frames);
        dataplane.port(1);
        var proxy = dataplane.proxy;
        for (int r = 0; r < routers; r++) {
            proxy.topology().addRouter(1, r, r + 1, 100_000, 1_000, "r" + r);
        }
        proxy.topology().addInterface(2, TestInterfaces.access(left(0), 0, 0, 0, mac(left(0)), 1500, "in"));
        for (int r = 0; r + 1 < routers; r++) {
            proxy.topology()
                    .addInterface(3, TestInterfaces.link(right(r), r, left(r + 1), mac(right(r)), 1500, "right"));
            proxy.topology()
                    .addInterface(4, TestInterfaces.link(left(r + 1), r + 1, right(r), mac(left(r + 1)), 1500, "left"));
        }
        int last = routers - 1;
        proxy.topology().addInterface(5, TestInterfaces.access(right(last), last, 1, 0, mac(right(last)), 1500, "out"));
        for (int r = 0; r < routers; r++) {
            NextHops via = new NextHops().add(right(r), 0, 0x0a0a0a0a, 1);
            proxy.tables().addRoute(6, r, AddressFamily.IPV4, 0, 0x0a630000, 16, RouteKind.UNICAST, via);
            long next = r == last ? HOST : mac(left(r + 1));
            proxy.tables().addNeighbour(7, right(r), AddressFamily.IPV4, 0, 0x0a0a0a0a, next);
        }
        dataplane.settle();
    }

    @Test
    void shouldCarryPacketsThrough32Routers() {
        try (HandDrivenDataplane dataplane = new HandDrivenDataplane(1)) {
            chain(dataplane, CHAIN, Collections.nCopies(500, frame(64)));
            dataplane.run();

            assertThat(dataplane.statistics().interfaceCounts(left(31)).rxPackets())
                    .isEqualTo(500);
            List<byte[]> sent = dataplane.sent(1);
            assertThat(sent).hasSize(500);
            assertThat(sent.getFirst()[22]).isEqualTo((byte) (64 - CHAIN));
        }
    }

    @Test
    void shouldPuntAtTheRouterWhereTtlExpires() {
        try (HandDrivenDataplane dataplane = new HandDrivenDataplane(1)) {
            chain(dataplane, CHAIN, List.of(frame(17)));
            dataplane.run();

            assertThat(dataplane.punts.reasons).containsExactly(PuntReason.TTL_EXPIRED.code());
            assertThat(dataplane.punts.interfaces).containsExactly(left(16));
        }
    }

    @Test
    void shouldInjectOntoLinkAsReceivedAtItsPeer() {
        try (HandDrivenDataplane dataplane = new HandDrivenDataplane(1)) {
            chain(dataplane, 2, List.of());
            byte[] arp = TestFrames.ethernet(0xffffffffffffL, mac(right(0)), 0x0806, new byte[46]);
            dataplane.injectWriter(0).inject(right(0), new UnsafeBuffer(arp), 0, arp.length);
            dataplane.run();

            assertThat(dataplane.punts.interfaces).containsExactly(left(1));
            assertThat(dataplane.punts.frames.getFirst()).isEqualTo(arp);
        }
    }

    @Test
    void shouldDropWhenThePeerIsMissingOrDown() {
        try (HandDrivenDataplane dataplane = new HandDrivenDataplane(1)) {
            chain(dataplane, 2, Collections.nCopies(3, frame(64)));
            dataplane.proxy.topology().setInterfaceState(8, left(1), false);
            dataplane.settle();
            dataplane.run();
            assertThat(dataplane.drops(1, DropReason.INTERFACE_DOWN)).isEqualTo(3);
        }
        try (HandDrivenDataplane dataplane = new HandDrivenDataplane(1)) {
            chain(dataplane, 2, Collections.nCopies(3, frame(64)));
            dataplane.proxy.topology().removeInterface(8, left(1));
            dataplane.settle();
            dataplane.run();
            assertThat(dataplane.drops(-1, DropReason.LINK_PEER_MISSING)).isEqualTo(3);
        }
    }

    @Test
    void shouldStayBoundedWhenRoutersLoop() {
        try (HandDrivenDataplane dataplane = new HandDrivenDataplane(1)) {
            chain(dataplane, 2, Collections.nCopies(6_000, frame(255)));
            NextHops back = new NextHops().add(left(1), 0, 0x0a0a0a0b, 1);
            dataplane.proxy.tables().addRoute(6, 1, AddressFamily.IPV4, 0, 0x0a630000, 16, RouteKind.UNICAST, back);
            dataplane.proxy.tables().addNeighbour(7, left(1), AddressFamily.IPV4, 0, 0x0a0a0a0b, mac(right(0)));
            dataplane.settle();
            dataplane.run();

            long punted = dataplane.statistics().routerCounts(0).puntPackets()
                    + dataplane.statistics().routerCounts(1).puntPackets();
            long dropped = dataplane.statistics().routerCounts(0).dropPackets()
                    + dataplane.statistics().routerCounts(1).dropPackets();
            assertThat(punted + dropped).isEqualTo(6_000);
        }
    }

    @Test
    void shouldHandOverToTheWorkerThatSendsForThePort() {
        try (HandDrivenDataplane dataplane = new HandDrivenDataplane(3)) {
            chain(dataplane, 3, Collections.nCopies(2_000, frame(64)));
            dataplane.run();

            assertThat(dataplane.buffersInUse()).isZero();
            assertThat(dataplane.sent(1)).hasSize(2_000);
        }
    }

    @Test
    void shouldDropWhenTheOtherWorkerDoesNotKeepUp() {
        try (HandDrivenDataplane dataplane = new HandDrivenDataplane(2)) {
            chain(dataplane, 1, Collections.nCopies(12_000, frame(64)));
            for (int round = 0; round < 400; round++) {
                dataplane.workRound(0, round);
            }
            long dropped = dataplane.drops(0, DropReason.HANDOVER_FULL);
            assertThat(dropped).isPositive();
            dataplane.run();
            assertThat(dataplane.statistics().interfaceCounts(right(0)).txPackets() + dropped)
                    .isEqualTo(12_000);
        }
    }

    @Test
    void shouldFreeWhatIsBetweenWorkersWhenTheyStop() {
        try (HandDrivenDataplane dataplane = new HandDrivenDataplane(2)) {
            chain(dataplane, 1, Collections.nCopies(300, frame(64)));
            dataplane.workRound(0, 1);
            assertThat(dataplane.buffersInUse()).isPositive();
        }
    }
}

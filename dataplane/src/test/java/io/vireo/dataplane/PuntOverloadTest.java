package io.vireo.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.PuntClass;
import io.vireo.dataplane.wire.code.RouteKind;
import io.vireo.dataplane.wire.value.NextHops;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One interface floods the router with one kind of packet, as fast as the worker takes them; another asks for little of any kind,
 * and loses nothing.
 */
class PuntOverloadTest {
    private static final int ROUTER = 7;
    private static final int ATTACKER = 10;
    private static final int VICTIM = 11;
    private static final int VICTIM_VLAN = 20;
    private static final long MAC_A = 0x020000000101L;
    private static final long MAC_B = 0x020000000102L;
    private static final long HOST = 0x02000000aa01L;
    private static final int ROUTER_A = 0x0a000101; // 10.0.1.1
    private static final int ROUTER_B = 0x0a000201; // 10.0.2.1
    private static final int NOBODY = 0x0a000163; // 10.0.1.99
    private static final int ALL_OSPF_ROUTERS = 0xe0000005; // 224.0.0.5
    private static final long NET6_A = 0x20010db800010000L;
    private static final long NET6_B = 0x20010db800020000L;
    private static final int FRAMES = 20_000;
    private static final int BURST = 64;

    /** The flood's rate is then 640,000 packets/s. */
    private static final long ROUND_NS = 100_000;

    /** One frame of the victim's in so many. */
    private static final int EVERY = 4 * BURST;

    private final HandDrivenDataplane dataplane = new HandDrivenDataplane(1);

    @AfterEach
    void everyBufferComesHome() {
        dataplane.close();
    }

    /** A kind of packet, made for the interface of either side. */
    enum Kind {
        PING(PuntClass.LOCAL),
        PING6(PuntClass.LOCAL),
        SCAN(PuntClass.GLEAN),
        SCAN6(PuntClass.GLEAN),
        TTL(PuntClass.TTL),
        ARP(PuntClass.NEIGHBOUR),
        SOLICITATION(PuntClass.NEIGHBOUR),
        OSPF(PuntClass.ROUTING),
        BGP(PuntClass.ROUTING),
        BFD(PuntClass.ROUTING),
        IS_IS(PuntClass.ROUTING),
        SPANNING_TREE(PuntClass.LINK),
        IGMP(PuntClass.GROUP),
        OPTIONS(PuntClass.OPTIONS);

        final PuntClass puntClass;

        Kind(PuntClass puntClass) {
            this.puntClass = puntClass;
        }

        byte[] frame(boolean isVictims) {
            int type = switch (this) {
                case PING6, SCAN6, SOLICITATION -> 0x86dd;
                case ARP -> 0x0806;
                case IS_IS, SPANNING_TREE -> 60;
                default -> 0x0800;
            };
            long mac = isVictims ? MAC_B : MAC_A;
            byte[] packet = packet(isVictims ? ROUTER_B : ROUTER_A, isVictims ? NET6_B : NET6_A);
            return isVictims
                    ? TestFrames.tagged(mac, HOST, VICTIM_VLAN, type, packet)
                    : TestFrames.ethernet(mac, HOST, type, packet);
        }

        private byte[] packet(int router, long net6) {
            return switch (this) {
                case PING -> ipv4(router + 1, router, 1, 0);
                case PING6 -> TestFrames.ipv6(net6, 2, net6, 1, 17, 64, 40);
                case SCAN -> ipv4(router + 1, NOBODY, 17, 0);
                case SCAN6 -> TestFrames.ipv6(net6, 2, NET6_A, 99, 17, 64, 40);
                case TTL -> ipv4(router + 1, 0x0a090909, 17, 0);
                case ARP -> new byte[46];
                case SOLICITATION ->
                    TestFrames.with(TestFrames.ipv6(net6, 2, 0xff02000000000000L, 0x1ff000001L, 58, 255, 24), 40, 135);
                case OSPF -> ipv4(router + 1, ALL_OSPF_ROUTERS, 89, 0);
                case BGP -> ipv4(router + 1, router, 6, 179);
                case BFD -> ipv4(router + 1, router, 17, 3784);
                case IS_IS -> llc(0xfe);
                case SPANNING_TREE -> llc(0x42);
                case IGMP -> ipv4(router + 1, 0xe0000016, 2, 0);
                case OPTIONS -> TestFrames.ipv4(new byte[] {1, 1, 1, 0}, router + 1, router, 64, 40);
            };
        }

        private byte[] ipv4(int source, int destination, int protocol, int destinationPort) {
            byte[] packet = TestFrames.ipv4(source, destination, this == TTL ? 1 : 64, 40);
            packet[9] = (byte) protocol;
            ByteBuffer.wrap(packet).putShort(22, (short) destinationPort);
            TestFrames.fixChecksum(packet, 20);
            return packet;
        }

        private static byte[] llc(int sap) {
            byte[] payload = new byte[60];
            Arrays.fill(payload, 0, 2, (byte) sap);
            return payload;
        }
    }

    static Stream<Kind> kinds() {
        return Arrays.stream(Kind.values());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldLoseNothingOfAnotherInterfaceWhateverKindOneFloods(Kind flood) {
        List<byte[]> frames = new ArrayList<>();
        byte[] flooding = flood.frame(false);
        Kind[] kinds = Kind.values();
        int asked = 0;
        for (int n = 0; n < FRAMES; n++) {
            boolean isVictims = n % EVERY == EVERY / 2;
            frames.add(isVictims ? kinds[asked++ % kinds.length].frame(true) : flooding);
        }
        start(frames);
        while (dataplane.round() > 0) {
            dataplane.advance(ROUND_NS);
        }

        assertThat(dataplane.punts.interfaces.stream().filter(id -> id == VICTIM))
                .hasSize(asked);
        assertThat(dataplane.statistics().interfaceCounts(VICTIM).puntLimitedPackets())
                .isZero();
        assertThat(dataplane.statistics().interfaceCounts(ATTACKER).puntLimitedPackets())
                .isGreaterThan(FRAMES - FRAMES / 10);
        DropReason reason = flood.puntClass.dropReason();
        assertThat(dataplane.drops(ROUTER, reason))
                .isEqualTo(dataplane.statistics().interfaceCounts(ATTACKER).puntLimitedPackets());
        long[] punts = dataplane.statistics().punts(ROUTER);
        assertThat(Arrays.stream(punts).sum())
                .isEqualTo(dataplane.statistics().routerCounts(ROUTER).puntPackets());
        assertThat(punts[flood.puntClass.code()]).isPositive();
    }

    private void start(List<byte[]> frames) {
        dataplane.port(0, frames);
        var proxy = dataplane.proxy;
        proxy.topology().addRouter(1, ROUTER, 101, 10_000, 1_000, "blue");
        proxy.topology().addInterface(2, TestInterfaces.access(ATTACKER, ROUTER, 0, 0, MAC_A, 1500, "a"));
        proxy.topology().addInterface(3, TestInterfaces.access(VICTIM, ROUTER, 0, VICTIM_VLAN, MAC_B, 1500, "b"));
        NextHops onA = new NextHops().add(ATTACKER, 0, 0, 1);
        route4(0x0a000100, 24, RouteKind.UNICAST, onA);
        route4(0x0a090000, 16, RouteKind.UNICAST, new NextHops().add(ATTACKER, 0, ROUTER_A + 8, 1));
        proxy.tables().addNeighbour(4, ATTACKER, AddressFamily.IPV4, 0, ROUTER_A + 8, HOST);
        route4(ROUTER_A, 32, RouteKind.LOCAL, NextHops.NONE);
        route4(ROUTER_B, 32, RouteKind.LOCAL, NextHops.NONE);
        route6(NET6_A, 0, 64, RouteKind.UNICAST, onA);
        route6(NET6_A, 1, 128, RouteKind.LOCAL, NextHops.NONE);
        route6(NET6_B, 1, 128, RouteKind.LOCAL, NextHops.NONE);
        dataplane.settle();
    }

    private void route4(int prefix, int length, RouteKind kind, NextHops hops) {
        dataplane.proxy.tables().addRoute(9, ROUTER, AddressFamily.IPV4, 0, prefix, length, kind, hops);
    }

    private void route6(long high, long low, int length, RouteKind kind, NextHops hops) {
        dataplane.proxy.tables().addRoute(9, ROUTER, AddressFamily.IPV6, high, low, length, kind, hops);
    }
}

package io.vireo.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.PuntReason;
import io.vireo.dataplane.wire.code.RouteKind;
import io.vireo.dataplane.wire.value.NextHops;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of single packets, RFC 1812 and RFC 8200 case by case, through all stages. */
class ForwardingTest {
    private static final long MAC_A = 0x020000000101L;
    private static final long MAC_B = 0x020000000102L;
    private static final long HOST_A = 0x02000000aa01L;
    private static final long HOST_B = 0x02000000aa02L;
    private static final int IP_A = 0x0a000102; // 10.0.1.2
    private static final int IP_B = 0x0a000202; // 10.0.2.2
    private static final long NET6_A = 0x20010db800010000L;
    private static final long NET6_B = 0x20010db800020000L;
    private static final int ROUTER = 7;
    private static final int A = 10;
    private static final int B = 11;

    private final HandDrivenDataplane dataplane = new HandDrivenDataplane(1);

    @AfterEach
    void everyBufferComesHome() {
        dataplane.close();
    }

    private void forward(byte[]... frames) {
        dataplane.port(0, frames);
        dataplane.port(1);
        var proxy = dataplane.proxy;
        proxy.topology().addRouter(1, ROUTER, 101, 1_000_000, 1_000, "blue");
        proxy.topology().addInterface(2, TestInterfaces.access(A, ROUTER, 0, 0, MAC_A, 1500, "a"));
        proxy.topology().addInterface(3, TestInterfaces.access(B, ROUTER, 1, 20, MAC_B, 1400, "b"));
        NextHops onA = new NextHops().add(A, 0, 0, 1);
        NextHops onB = new NextHops().add(B, 0, 0, 1);
        route4(0x0a000100, 24, RouteKind.UNICAST, onA);
        route4(0x0a000200, 24, RouteKind.UNICAST, onB);
        route4(0x0a000101, 32, RouteKind.LOCAL, NextHops.NONE);
        route4(0x0a0001ff, 32, RouteKind.PUNT, NextHops.NONE);
        route4(0x0a030000, 16, RouteKind.BLACKHOLE, NextHops.NONE);
        route4(0x0a040000, 16, RouteKind.UNICAST, new NextHops().add(B, 0, IP_B, 1));
        route4(0x0a050000, 16, RouteKind.UNICAST, new NextHops().add(B, 0, 0x0a000209, 1));
        route4(0xa9fe0000, 16, RouteKind.UNICAST, onB);
        proxy.tables().addNeighbour(4, B, AddressFamily.IPV4, 0, IP_B, HOST_B);
        proxy.tables().addRoute(5, ROUTER, AddressFamily.IPV6, NET6_A, 0, 64, RouteKind.UNICAST, onA);
        proxy.tables().addRoute(6, ROUTER, AddressFamily.IPV6, NET6_B, 0, 64, RouteKind.UNICAST, onB);
        proxy.tables().addRoute(7, ROUTER, AddressFamily.IPV6, NET6_A, 1, 128, RouteKind.LOCAL, NextHops.NONE);
        proxy.tables().addNeighbour(8, B, AddressFamily.IPV6, NET6_B, 2, HOST_B);
        dataplane.settle();
        dataplane.run();
        assertThat(dataplane.buffersInUse()).isZero();
    }

    private void route4(int prefix, int length, RouteKind kind, NextHops hops) {
        dataplane
                .proxy
                .tables()
                .addRoute(99, ROUTER, AddressFamily.IPV4, 0, Integer.toUnsignedLong(prefix), length, kind, hops);
    }

    private static byte[] toRouter4(byte[] packet) {
        return TestFrames.ethernet(MAC_A, HOST_A, 0x0800, packet);
    }

    private static byte[] toRouter6(byte[] packet) {
        return TestFrames.ethernet(MAC_A, HOST_A, 0x86dd, packet);
    }

    private void assertPunted(PuntReason reason, byte[] frame) {
        assertThat(dataplane.punts.reasons).containsExactly(reason.code());
        assertThat(dataplane.punts.interfaces).containsExactly(A);
        assertThat(dataplane.punts.frames.getFirst()).isEqualTo(frame);
        assertThat(dataplane.sent(1)).isEmpty();
    }

    private void assertDropped(DropReason reason) {
        assertThat(dataplane.drops(ROUTER, reason)).isEqualTo(1);
        assertThat(dataplane.statistics().interfaceCounts(A).dropPackets()).isEqualTo(1);
        assertThat(dataplane.statistics().routerCounts(ROUTER).dropPackets()).isEqualTo(1);
        assertThat(dataplane.punts.frames).isEmpty();
        assertThat(dataplane.sent(1)).isEmpty();
    }

    @Test
    void shouldForwardIpv4ToNeighbourWithTagAndLowerTtl() {
        byte[] packet = TestFrames.ipv4(IP_A, IP_B, 64, 100);
        forward(toRouter4(packet));

        byte[] expected = TestFrames.with(packet, 8, 63);
        TestFrames.fixChecksum(expected, 20);
        assertThat(dataplane.statistics().interfaceCounts(B).txPackets()).isEqualTo(1);
        assertThat(dataplane.statistics().routerCounts(ROUTER).txBytes()).isEqualTo(138);
        assertThat(dataplane.statistics().portCounts(0).rxPackets()).isEqualTo(1);
        assertThat(dataplane.sent(1)).containsExactly(TestFrames.tagged(HOST_B, MAC_B, 20, 0x0800, expected));
    }

    @Test
    void shouldForwardIpv6ToNeighbourWithLowerHopLimit() {
        byte[] packet = TestFrames.ipv6(NET6_A, 2, NET6_B, 2, 17, 64, 30);
        forward(toRouter6(packet));

        assertThat(dataplane.sent(1))
                .containsExactly(TestFrames.tagged(HOST_B, MAC_B, 20, 0x86dd, TestFrames.with(packet, 7, 63)));
    }

    @Test
    void shouldAdjustChecksumAtEveryValue() {
        byte[][] frames = new byte[512][];
        List<byte[]> expected = new java.util.ArrayList<>();
        for (int i = 0; i < frames.length; i++) {
            byte[] packet = TestFrames.ipv4(IP_A, IP_B, 2 + i % 254, 26);
            packet[4] = (byte) (i * 31);
            packet[5] = (byte) (i * 7 + 0x80 * (i & 1));
            TestFrames.fixChecksum(packet, 20);
            frames[i] = toRouter4(packet);
            byte[] after = TestFrames.with(packet, 8, packet[8] - 1);
            TestFrames.fixChecksum(after, 20);
            expected.add(TestFrames.tagged(HOST_B, MAC_B, 20, 0x0800, after));
        }
        forward(frames);

        assertThat(dataplane.sent(1)).containsExactlyElementsOf(expected);
    }

    @Test
    void shouldCutPaddingOff() {
        byte[] packet = TestFrames.ipv4(IP_A, IP_B, 64, 4);
        forward(TestFrames.resized(toRouter4(packet), 60));

        assertThat(dataplane.sent(1).getFirst()).hasSize(18 + 24);
    }

    @Test
    void shouldForwardByGateway() {
        forward(toRouter4(TestFrames.ipv4(IP_A, 0x0a040506, 64, 8)));

        assertThat(Arrays.copyOf(dataplane.sent(1).getFirst(), 6))
                .isEqualTo(Arrays.copyOf(TestFrames.ethernet(HOST_B, 0, 0, new byte[0]), 6));
    }

    @Test
    void shouldPuntWhenGatewayIsUnknown() {
        byte[] frame = toRouter4(TestFrames.ipv4(IP_A, 0x0a050506, 64, 8));
        forward(frame);
        assertPunted(PuntReason.GATEWAY_UNKNOWN, frame);
    }

    @Test
    void shouldPuntWhenNeighbourIsUnknown() {
        byte[] frame = toRouter4(TestFrames.ipv4(IP_A, 0x0a000207, 64, 8));
        forward(frame);
        assertPunted(PuntReason.NEIGHBOUR_UNKNOWN, frame);
    }

    @Test
    void shouldPuntUntouchedWhenTtlExpires() {
        byte[] frame = toRouter4(TestFrames.ipv4(IP_A, IP_B, 1, 8));
        forward(frame);
        assertPunted(PuntReason.TTL_EXPIRED, frame);
    }

    @Test
    void shouldPuntUntouchedWhenHopLimitExpires() {
        byte[] frame = toRouter6(TestFrames.ipv6(NET6_A, 2, NET6_B, 2, 17, 1, 8));
        forward(frame);
        assertPunted(PuntReason.TTL_EXPIRED, frame);
    }

    @Test
    void shouldPuntWhatIsLocal() {
        byte[] frame = toRouter4(TestFrames.ipv4(IP_A, 0x0a000101, 1, 8));
        forward(frame);
        assertPunted(PuntReason.LOCAL, frame);
    }

    @Test
    void shouldPuntWhatIsTooBigForEgress() {
        byte[] frame = toRouter4(TestFrames.ipv4(IP_A, IP_B, 64, 1381));
        forward(frame);
        assertPunted(PuntReason.TOO_BIG, frame);
    }

    @Test
    void shouldForwardWhatJustFitsEgress() {
        forward(toRouter4(TestFrames.ipv4(IP_A, IP_B, 64, 1380)));
        assertThat(dataplane.sent(1).getFirst()).hasSize(1418);
    }

    @Test
    void shouldPuntOptions() {
        byte[] frame = toRouter4(TestFrames.ipv4(new byte[] {(byte) 0x94, 4, 0, 0}, IP_A, IP_B, 64, 8));
        forward(frame);
        assertPunted(PuntReason.OPTIONS, frame);
    }

    @Test
    void shouldPuntHopByHopOptions() {
        byte[] frame = toRouter6(TestFrames.ipv6(NET6_A, 2, NET6_B, 2, 0, 64, 8));
        forward(frame);
        assertPunted(PuntReason.OPTIONS, frame);
    }

    @Test
    void shouldPuntWithoutRoute() {
        byte[] frame = toRouter4(TestFrames.ipv4(IP_A, 0x0b000001, 64, 8));
        forward(frame);
        assertPunted(PuntReason.NO_ROUTE, frame);
    }

    @Test
    void shouldPuntArp() {
        byte[] frame = TestFrames.ethernet(0xffffffffffffL, HOST_A, 0x0806, new byte[46]);
        forward(frame);
        assertPunted(PuntReason.ARP, frame);
    }

    @Test
    void shouldPuntLlcForRoutingProtocols() {
        byte[] frame = TestFrames.ethernet(0x0180c2000014L, HOST_A, 100, new byte[100]);
        forward(frame);
        assertPunted(PuntReason.OTHER, frame);
    }

    @Test
    void shouldPuntLinkMulticast() {
        byte[] frame = TestFrames.ethernet(0x01005e000005L, HOST_A, 0x0800, TestFrames.ipv4(IP_A, 0xe0000005, 1, 8));
        forward(frame);
        assertPunted(PuntReason.LINK_MULTICAST, frame);
    }

    @Test
    void shouldPuntNeighbourSolicitationFromNowhere() {
        byte[] packet = TestFrames.ipv6(0, 0, 0xff02000000000000L, 0x1ff000002L, 58, 255, 24);
        byte[] frame = TestFrames.ethernet(0x3333ff000002L, HOST_A, 0x86dd, packet);
        forward(frame);
        assertPunted(PuntReason.LINK_MULTICAST, frame);
    }

    @Test
    void shouldPuntDhcpFromNowhere() {
        byte[] frame = TestFrames.ethernet(0xffffffffffffL, HOST_A, 0x0800, TestFrames.ipv4(0, -1, 64, 300));
        forward(frame);
        assertPunted(PuntReason.BROADCAST, frame);
    }

    @Test
    void shouldPuntSubnetBroadcast() {
        byte[] frame = TestFrames.ethernet(0xffffffffffffL, HOST_A, 0x0800, TestFrames.ipv4(IP_A, 0x0a0001ff, 64, 8));
        forward(frame);
        assertPunted(PuntReason.PUNT_ROUTE, frame);
    }

    @Test
    void shouldPuntIpv6LinkLocalDestination() {
        byte[] frame = toRouter6(TestFrames.ipv6(0xfe80000000000000L, 2, 0xfe80000000000000L, 1, 58, 255, 24));
        forward(frame);
        assertPunted(PuntReason.LINK_LOCAL, frame);
    }

    @Test
    void shouldDropIpv6LinkLocalSourceInTransit() {
        forward(toRouter6(TestFrames.ipv6(0xfe80000000000000L, 2, NET6_B, 2, 17, 64, 8)));
        assertDropped(DropReason.LINK_LOCAL);
    }

    @Test
    void shouldPuntIpv6LinkLocalSourceForUs() {
        byte[] frame = toRouter6(TestFrames.ipv6(0xfe80000000000000L, 2, NET6_A, 1, 58, 255, 8));
        forward(frame);
        assertPunted(PuntReason.LOCAL, frame);
    }

    @Test
    void shouldDropIpv4LinkLocalInTransit() {
        forward(toRouter4(TestFrames.ipv4(IP_A, 0xa9fe0102, 64, 8)));
        assertDropped(DropReason.LINK_LOCAL);
    }

    @Test
    void shouldDropBlackholed() {
        forward(toRouter4(TestFrames.ipv4(IP_A, 0x0a030001, 64, 8)));
        assertDropped(DropReason.BLACKHOLE);
    }

    @Test
    void shouldDropWrongChecksum() {
        forward(TestFrames.with(toRouter4(TestFrames.ipv4(IP_A, IP_B, 64, 8)), 24, 0x77));
        assertDropped(DropReason.IPV4_BAD_CHECKSUM);
    }

    @Test
    void shouldDropOtherStationsFrames() {
        forward(TestFrames.ethernet(HOST_B, HOST_A, 0x0800, TestFrames.ipv4(IP_A, IP_B, 64, 8)));
        assertDropped(DropReason.WRONG_MAC);
    }

    @Test
    void shouldDropUnicastInLinkBroadcast() {
        forward(TestFrames.ethernet(0xffffffffffffL, HOST_A, 0x0800, TestFrames.ipv4(IP_A, IP_B, 64, 8)));
        assertDropped(DropReason.LINK_BROADCAST_UNICAST);
    }

    @Test
    void shouldDropUnknownEthertype() {
        forward(TestFrames.ethernet(MAC_A, HOST_A, 0x9000, new byte[46]));
        assertDropped(DropReason.UNKNOWN_ETHERTYPE);
    }

    @Test
    void shouldDropBadLengths() {
        byte[] good = toRouter4(TestFrames.ipv4(IP_A, IP_B, 64, 40));
        forward(TestFrames.resized(good, 40));
        assertDropped(DropReason.IPV4_TRUNCATED);
    }

    @Test
    void shouldDropBadVersion() {
        forward(TestFrames.with(toRouter4(TestFrames.ipv4(IP_A, IP_B, 64, 8)), 14, 0x65));
        assertDropped(DropReason.IPV4_BAD_VERSION);
    }

    @Test
    void shouldDropBadHeaderLength() {
        forward(TestFrames.with(toRouter4(TestFrames.ipv4(IP_A, IP_B, 64, 8)), 14, 0x44));
        assertDropped(DropReason.IPV4_BAD_HEADER_LENGTH);
    }

    @Test
    void shouldDropBadTotalLength() {
        forward(TestFrames.with(toRouter4(TestFrames.ipv4(IP_A, IP_B, 64, 8)), 17, 19));
        assertDropped(DropReason.IPV4_BAD_TOTAL_LENGTH);
    }

    @Test
    void shouldDropTruncatedIpv6() {
        forward(TestFrames.resized(toRouter6(TestFrames.ipv6(NET6_A, 2, NET6_B, 2, 17, 64, 60)), 80));
        assertDropped(DropReason.IPV6_TRUNCATED);
    }

    @Test
    void shouldDropWhatBelongsToNoInterface() {
        forward(TestFrames.tagged(MAC_A, HOST_A, 99, 0x0800, TestFrames.ipv4(IP_A, IP_B, 64, 8)));
        assertThat(dataplane.drops(-1, DropReason.NO_INTERFACE)).isEqualTo(1);
    }

    @Test
    void shouldDropRunts() {
        forward(new byte[] {1, 2, 3}, TestFrames.resized(TestFrames.tagged(MAC_A, HOST_A, 0, 0x0800, new byte[8]), 16));
        assertThat(dataplane.drops(ROUTER, DropReason.RUNT_FRAME)).isEqualTo(2);
    }

    @Test
    void shouldTakePriorityTaggedFramesAsUntagged() {
        forward(TestFrames.tagged(MAC_A, HOST_A, 0xe000, 0x0800, TestFrames.ipv4(IP_A, IP_B, 64, 8)));
        assertThat(dataplane.sent(1)).hasSize(1);
    }
}

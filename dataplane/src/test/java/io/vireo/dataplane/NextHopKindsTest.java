package io.vireo.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.PuntReason;
import io.vireo.dataplane.wire.code.RouteKind;
import io.vireo.dataplane.wire.value.NextHops;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Next hops of other kinds than a gateway of the route's family: IPv6 gateways of IPv4 routes (RFC 8950), hosts on the link. */
class NextHopKindsTest {
    private static final int ROUTER = 7;
    private static final int IN = 10;
    private static final int OUT = 11;
    private static final int LINK = 12;
    private static final int FAR_END = 13;
    private static final int FAR_ROUTER = 8;
    private static final long MAC_IN = 0x020000000101L;
    private static final long MAC_OUT = 0x020000000102L;
    private static final long MAC_LINK = 0x020000000103L;
    private static final long MAC_FAR_END = 0x020000000104L;
    private static final long HOST = 0x02000000aa01L;
    private static final long GATEWAY = 0x02000000aa02L;
    private static final long OTHER_GATEWAY = 0x02000000aa03L;
    private static final long LINK_LOCAL = 0xfe80L << 48;
    private static final int SOURCE = 0x0a000102;
    private static final int DESTINATION = 0x0a630001; // 10.99.0.1
    private static final int PREFIX = 0x0a630000;

    private final HandDrivenDataplane dataplane = new HandDrivenDataplane(1);

    @AfterEach
    void everyBufferComesHome() {
        dataplane.close();
    }

    private void build(List<byte[]> frames) {
        dataplane.port(0, frames);
        dataplane.port(1);
        var topology = dataplane.proxy.topology();
        topology.addRouter(1, ROUTER, 101, 1_000_000, 1_000, "blue/r1");
        topology.addRouter(2, FAR_ROUTER, 101, 1_000_000, 1_000, "blue/r2");
        topology.addInterface(3, TestInterfaces.access(IN, ROUTER, 0, 0, MAC_IN, 1500, "in"));
        topology.addInterface(4, TestInterfaces.access(OUT, ROUTER, 1, 20, MAC_OUT, 1500, "out"));
        topology.addInterface(5, TestInterfaces.link(LINK, ROUTER, FAR_END, MAC_LINK, 1500, "link"));
        topology.addInterface(6, TestInterfaces.link(FAR_END, FAR_ROUTER, LINK, MAC_FAR_END, 1500, "link"));
    }

    private void route4(int prefix, int length, NextHops hops) {
        dataplane.proxy.tables().addRoute(9, ROUTER, AddressFamily.IPV4, 0, prefix, length, RouteKind.UNICAST, hops);
    }

    private void neighbour6(int interfaceId, long low, long mac) {
        dataplane.proxy.tables().addNeighbour(8, interfaceId, AddressFamily.IPV6, LINK_LOCAL, low, mac);
    }

    private void run() {
        dataplane.settle();
        dataplane.run();
    }

    private static byte[] frame(int flow) {
        byte[] packet = TestFrames.ipv4(SOURCE, DESTINATION, 64, 20);
        ByteBuffer.wrap(packet).putShort(20, (short) (20_000 + flow));
        return TestFrames.ethernet(MAC_IN, HOST, 0x0800, packet);
    }

    private static List<byte[]> flows(int count) {
        List<byte[]> frames = new ArrayList<>();
        for (int flow = 0; flow < count; flow++) {
            frames.add(frame(flow));
        }
        return frames;
    }

    private static byte[] sentTo(long mac) {
        byte[] packet = TestFrames.ipv4(SOURCE, DESTINATION, 63, 20);
        ByteBuffer.wrap(packet).putShort(20, (short) 20_000);
        return TestFrames.tagged(mac, MAC_OUT, 20, 0x0800, packet);
    }

    private static long destinationMac(byte[] frame) {
        return ByteBuffer.wrap(frame).getLong() >>> Short.SIZE;
    }

    @Test
    void shouldSendIpv4ToAnIpv6Gateway() {
        build(List.of(frame(0)));
        neighbour6(OUT, 2, GATEWAY);
        route4(PREFIX, 16, new NextHops().add(OUT, LINK_LOCAL, 2, 1));
        run();

        assertThat(dataplane.sent(1)).containsExactly(sentTo(GATEWAY));
        assertThat(dataplane.punts.frames).isEmpty();
    }

    @Test
    void shouldPuntIpv4UntilTheIpv6GatewayIsKnownAndAgainWhenItIsForgotten() {
        build(List.of(frame(0)));
        route4(PREFIX, 16, new NextHops().add(OUT, LINK_LOCAL, 2, 1));
        dataplane.proxy.tables().addNeighbour(8, OUT, AddressFamily.IPV4, 0, 2, OTHER_GATEWAY); // 0.0.0.2 is another
        run();
        assertThat(dataplane.punts.reasons).containsExactly(PuntReason.GATEWAY_UNKNOWN.code());
    }

    @Test
    void shouldShareFlowsAmongGatewaysOfBothFamilies() {
        build(flows(1_000));
        neighbour6(OUT, 2, GATEWAY);
        dataplane.proxy.tables().addNeighbour(8, OUT, AddressFamily.IPV4, 0, 0x0a000202, OTHER_GATEWAY);
        route4(PREFIX, 16, new NextHops().add(OUT, LINK_LOCAL, 2, 1).add(OUT, 0, 0x0a000202, 1));
        run();

        List<byte[]> sent = dataplane.sent(1);
        long toIpv6 =
                sent.stream().filter(frame -> destinationMac(frame) == GATEWAY).count();
        long toIpv4 = sent.stream()
                .filter(frame -> destinationMac(frame) == OTHER_GATEWAY)
                .count();
        assertThat(toIpv6 + toIpv4).isEqualTo(1_000);
        assertThat(toIpv6).isBetween(400L, 600L);
    }

    @Test
    void shouldCrossALinkToAnIpv6Gateway() {
        build(List.of(frame(0)));
        neighbour6(LINK, 3, MAC_FAR_END);
        route4(PREFIX, 16, new NextHops().add(LINK, LINK_LOCAL, 3, 1));
        run();

        assertThat(dataplane.statistics().interfaceCounts(FAR_END).rxPackets()).isEqualTo(1);
        assertThat(dataplane.punts.reasons).containsExactly(PuntReason.NO_ROUTE.code());
        assertThat(dataplane.punts.interfaces).containsExactly(FAR_END);
    }

    /** What control asks for when a route as long as an address has no gateway: the neighbour is the destination itself. */
    @Test
    void shouldSendToAHostOnTheLinkThatOnlyItsOwnRouteNames() {
        build(List.of(frame(0)));
        route4(DESTINATION, 32, new NextHops().add(OUT, 0, DESTINATION, 1));
        run();
        assertThat(dataplane.punts.reasons).containsExactly(PuntReason.GATEWAY_UNKNOWN.code());

        dataplane.proxy.tables().addNeighbour(8, OUT, AddressFamily.IPV4, 0, DESTINATION, GATEWAY);
        dataplane.port(2, List.of(frame(0)));
        dataplane.proxy.topology().addInterface(7, TestInterfaces.access(14, ROUTER, 2, 0, MAC_IN, 1500, "later"));
        run();
        assertThat(dataplane.sent(1)).containsExactly(sentTo(GATEWAY));
    }

    /** Linux looks for a neighbour where the hash of the flow leads, not where one is known. */
    @Test
    void shouldLeaveToLinuxOnWhichOfSeveralLinksANeighbourIs() {
        build(flows(40));
        dataplane.proxy.tables().addNeighbour(8, OUT, AddressFamily.IPV4, 0, DESTINATION, GATEWAY);
        route4(PREFIX, 16, new NextHops().add(OUT, 0, 0, 1).add(LINK, 0, 0, 1));
        run();

        assertThat(dataplane.sent(1)).isEmpty();
        assertThat(dataplane.punts.reasons).hasSize(40).containsOnly(PuntReason.NEIGHBOUR_UNKNOWN.code());
    }

    @Test
    void shouldSendToAHostOnSeveralLinksByThoseOnWhichItIsKnown() {
        build(flows(1_000));
        dataplane.proxy.tables().addNeighbour(8, OUT, AddressFamily.IPV4, 0, DESTINATION, GATEWAY);
        dataplane.proxy.tables().addNeighbour(8, LINK, AddressFamily.IPV4, 0, DESTINATION, MAC_FAR_END);
        route4(DESTINATION, 32, new NextHops().add(OUT, 0, DESTINATION, 1).add(LINK, 0, DESTINATION, 1));
        run();

        long crossed = dataplane.statistics().interfaceCounts(FAR_END).rxPackets();
        assertThat(dataplane.sent(1).size() + crossed).isEqualTo(1_000);
        assertThat(crossed).isBetween(400L, 600L);
    }
}

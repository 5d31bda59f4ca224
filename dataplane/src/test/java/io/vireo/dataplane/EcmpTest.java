package io.vireo.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.RouteKind;
import io.vireo.dataplane.wire.value.NextHops;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Equal-cost next hops, from the command to the frame: a frame's destination MAC shows which gateway it was sent to. */
class EcmpTest {
    private static final long HOST = 0x02000000aa01L;
    private static final int ROUTER = 7;
    private static final int IN = 10;
    private static final int IN_LATER = 11;
    private static final int OUT = 12;
    private static final int FLOWS = 4_000;
    private static final long GATEWAYS = 0x0a000200;
    private static final long HIGH = 0x20010db8_00000000L;

    private final HandDrivenDataplane dataplane = new HandDrivenDataplane(1);

    @AfterEach
    void everyBufferComesHome() {
        dataplane.close();
    }

    private static long mac(int interfaceId) {
        return 0x020000000000L + interfaceId;
    }

    private static long gatewayMac(int gateway) {
        return 0x020000010000L + gateway;
    }

    private static byte[] frame4(int flow, int interfaceId) {
        byte[] packet = TestFrames.ipv4(0x0a010102, 0x0a050001, 64, 20);
        ByteBuffer.wrap(packet).putShort(20, (short) (20_000 + flow));
        return TestFrames.ethernet(mac(interfaceId), HOST, 0x0800, packet);
    }

    private static byte[] frame6(int flow, int interfaceId) {
        byte[] packet = TestFrames.ipv6(HIGH, 2, HIGH, 0x50001, 17, 64, 20);
        ByteBuffer.wrap(packet).putInt(0, 0x60000000 | 1 + flow);
        return TestFrames.ethernet(mac(interfaceId), HOST, 0x86dd, packet);
    }

    private static List<byte[]> flows(int interfaceId) {
        List<byte[]> frames = new ArrayList<>();
        for (int flow = 0; flow < FLOWS; flow++) {
            frames.add(flow % 2 == 0 ? frame4(flow, interfaceId) : frame6(flow, interfaceId));
        }
        return frames;
    }

    /** A router that receives each flow once, and once more when {@link #again} is called. */
    private void build(int gateways) {
        dataplane.port(0, flows(IN));
        dataplane.port(1);
        var topology = dataplane.proxy.topology();
        topology.addRouter(1, ROUTER, 101, 1_000_000, 1_000, "blue");
        topology.addInterface(2, TestInterfaces.access(IN, ROUTER, 0, 0, mac(IN), 1500, "in"));
        topology.addInterface(4, TestInterfaces.access(OUT, ROUTER, 1, 0, mac(OUT), 1500, "out"));
        for (int g = 0; g < gateways; g++) {
            dataplane.proxy.tables().addNeighbour(5, OUT, AddressFamily.IPV4, 0, GATEWAYS + g, gatewayMac(g));
            dataplane.proxy.tables().addNeighbour(5, OUT, AddressFamily.IPV6, HIGH, GATEWAYS + g, gatewayMac(g));
        }
    }

    /** Routes to gateways {@code first} to {@code last}, of weight 1 but the first. */
    private void route(int first, int last, int weightOfFirst) {
        NextHops ipv4 = new NextHops();
        NextHops ipv6 = new NextHops();
        for (int g = first; g <= last; g++) {
            ipv4.add(OUT, 0, GATEWAYS + g, g == first ? weightOfFirst : 1);
            ipv6.add(OUT, HIGH, GATEWAYS + g, g == first ? weightOfFirst : 1);
        }
        dataplane.proxy.tables().addRoute(6, ROUTER, AddressFamily.IPV4, 0, 0x0a050000, 16, RouteKind.UNICAST, ipv4);
        dataplane.proxy.tables().addRoute(6, ROUTER, AddressFamily.IPV6, HIGH, 0, 64, RouteKind.UNICAST, ipv6);
        dataplane.settle();
    }

    private void again() {
        dataplane.port(2, flows(IN_LATER));
        dataplane
                .proxy
                .topology()
                .addInterface(3, TestInterfaces.access(IN_LATER, ROUTER, 2, 0, mac(IN_LATER), 1500, "later"));
        dataplane.settle();
        dataplane.run();
    }

    /** The gateway of each flow, by what is the flow's own: an IPv4 flow's port, an IPv6 flow's label. */
    private static Map<Integer, Integer> gatewayByFlow(List<byte[]> frames) {
        Map<Integer, Integer> gateways = new HashMap<>();
        for (byte[] bytes : frames) {
            ByteBuffer frame = ByteBuffer.wrap(bytes);
            boolean isIpv4 = frame.getShort(12) == 0x0800;
            int flow = isIpv4 ? (frame.getShort(34) & 0xffff) - 20_000 : (frame.getInt(14) & 0xfffff) - 1;
            gateways.put(flow, frame.getShort(4) & 0xffff);
        }
        return gateways;
    }

    private static long count(Map<Integer, Integer> gateways, int gateway) {
        return gateways.values().stream().filter(g -> g == gateway).count();
    }

    @Test
    void shouldUse128NextHops() {
        build(128);
        route(0, 127, 1);
        dataplane.run();
        Map<Integer, Integer> gateways = gatewayByFlow(dataplane.sent(1));
        assertThat(gateways).hasSize(FLOWS);
        for (int g = 0; g < 128; g++) {
            assertThat(count(gateways, g)).as("gateway %d", g).isBetween(8L, 64L);
        }
    }

    @Test
    void shouldHonourWeights() {
        build(2);
        route(0, 1, 9);
        dataplane.run();
        assertThat(count(gatewayByFlow(dataplane.sent(1)), 1)).isBetween(FLOWS / 10L - 100, FLOWS / 10L + 100);
    }

    @Test
    void shouldMoveOnlyTheFlowsOfANextHopThatGoes() {
        build(5);
        route(0, 4, 1);
        dataplane.run();
        route(1, 4, 1);
        again();
        List<byte[]> sent = dataplane.sent(1);
        Map<Integer, Integer> before = gatewayByFlow(sent.subList(0, FLOWS));
        Map<Integer, Integer> after = gatewayByFlow(sent.subList(FLOWS, 2 * FLOWS));
        before.forEach((flow, gateway) -> {
            if (gateway == 0) {
                assertThat(after.get(flow)).isBetween(1, 4);
            } else {
                assertThat(after.get(flow)).as("flow %d", flow).isEqualTo(gateway);
            }
        });
    }

    @Test
    void shouldMoveOnlyTheShareOfANextHopThatComes() {
        build(5);
        route(1, 4, 1);
        dataplane.run();
        route(0, 4, 1);
        again();
        List<byte[]> sent = dataplane.sent(1);
        Map<Integer, Integer> before = gatewayByFlow(sent.subList(0, FLOWS));
        Map<Integer, Integer> after = gatewayByFlow(sent.subList(FLOWS, 2 * FLOWS));
        before.forEach((flow, gateway) -> assertThat(after.get(flow)).isIn(0, gateway));
        assertThat(count(after, 0)).isBetween(FLOWS / 5L - 150, FLOWS / 5L + 150);
    }

    @Test
    void shouldKeepFlowsWhereTheyAreInAResynchronisation() {
        build(5);
        route(0, 4, 1);
        route(1, 4, 1);
        dataplane.run();
        dataplane.proxy.resyncBegin(8, 1);
        route(1, 4, 1);
        again();
        List<byte[]> sent = dataplane.sent(1);
        assertThat(gatewayByFlow(sent.subList(FLOWS, 2 * FLOWS))).isEqualTo(gatewayByFlow(sent.subList(0, FLOWS)));
    }

    @Test
    void shouldHashInAnotherWayWithAnotherSeed() {
        build(4);
        route(0, 3, 1);
        dataplane.run();
        dataplane.proxy.tables().setFlowSeed(9, 12);
        again();
        List<byte[]> sent = dataplane.sent(1);
        Map<Integer, Integer> before = gatewayByFlow(sent.subList(0, FLOWS));
        Map<Integer, Integer> after = gatewayByFlow(sent.subList(FLOWS, 2 * FLOWS));
        long same = before.keySet().stream()
                .filter(flow -> Objects.equals(before.get(flow), after.get(flow)))
                .count();
        assertThat(same).isBetween(FLOWS / 4L - 200, FLOWS / 4L + 200);
    }

    @Test
    void shouldTraceToTheNextHopThatThePacketTakes() {
        build(16);
        dataplane.proxy.tables().setFlowSeed(9, 12);
        route(0, 15, 3);
        for (int flow = 0; flow < 200; flow++) {
            byte[] frame = flow % 2 == 0 ? frame4(flow, IN) : frame6(flow, IN);
            assertThat(dataplane.injectWriter(0).trace(77, IN, new UnsafeBuffer(frame), 0, frame.length))
                    .isTrue();
            dataplane.run();
        }
        Map<Integer, Integer> gateways = gatewayByFlow(dataplane.sent(1));
        for (int flow = 0; flow < 200; flow++) {
            assertThat(dataplane.punts.nextHops.get(flow)).isEqualTo(GATEWAYS + gateways.getOrDefault(flow, -1));
        }
    }
}

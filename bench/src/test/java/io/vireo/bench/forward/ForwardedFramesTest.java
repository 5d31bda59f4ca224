package io.vireo.bench.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vireo.bench.report.NotMeasuredException;
import io.vireo.dataplane.wire.code.AddressFamily;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The harness notices a frame that was forwarded wrongly. */
class ForwardedFramesTest {
    private static final int ROUTER = 2003; // the fourth on the second port

    private static final Topology TOPOLOGY = new Topology(10_000);

    private static final Flow FLOW4 = Flow.own(999, ROUTER, AddressFamily.IPV4); // 10.3.231.1
    private static final Flow FLOW6 = Flow.own(7, ROUTER, AddressFamily.IPV6);

    private final ForwardedFrames frames = new ForwardedFrames(
            new Workload(
                    "x",
                    TOPOLOGY,
                    List.of(
                            new WorkloadRoute(ROUTER, AddressFamily.IPV4, 0, 10L << 24, 8, 1),
                            new WorkloadRoute(ROUTER, AddressFamily.IPV4, 0, 10L << 24 | 3 << 16, 16, 5),
                            new WorkloadRoute(ROUTER, AddressFamily.IPV6, 0x2001_0000_0000_0000L, 0, 16, 2)),
                    List.of(FLOW4, FLOW6),
                    Workload.Scheduling.NONE,
                    new NoTunnel()),
            FrameSizes.of(64));

    /** What a right router makes of the flow's frame. */
    private static ByteBuffer forwarded(Flow flow, int neighbour) {
        return sent(FlowFrames.forwarded(FlowFrames.packet(flow, 42)), ROUTER, TOPOLOGY, neighbour);
    }

    /** The frame in which a router sends a packet to a neighbour. */
    static ByteBuffer sent(byte[] packet, int router, Topology topology, int neighbour) {
        return sent(Payload.packet(packet), router, topology, neighbour);
    }

    /** As {@link #sent(byte[], int, Topology, int)}, whatever is in it. */
    static ByteBuffer sent(Payload payload, int router, Topology topology, int neighbour) {
        ByteBuffer frame = ByteBuffer.wrap(FlowFrames.tagged(payload, topology.egressVlan(router)));
        putMac(frame, 0, Topology.NEIGHBOUR_MAC + neighbour);
        putMac(frame, 6, FlowFrames.ROUTER_MAC);
        return frame;
    }

    private static void putMac(ByteBuffer frame, int offset, long mac) {
        frame.putShort(offset, (short) (mac >> 32)).putInt(offset + 2, (int) mac);
    }

    private static ByteBuffer ipv4() {
        return forwarded(FLOW4, 5); // the longer prefix
    }

    private void refused(ByteBuffer frame, String fault) {
        byte[] bytes = new byte[frame.capacity()];
        frame.get(0, bytes);
        assertThatThrownBy(() -> frames.check(1, bytes))
                .isInstanceOf(NotMeasuredException.class)
                .hasMessageContaining(fault);
    }

    @Test
    void shouldPassWhatIsRight() {
        for (ByteBuffer right : List.of(ipv4(), forwarded(FLOW6, 2))) {
            byte[] bytes = new byte[right.capacity()];
            right.get(0, bytes);
            assertThatCode(() -> frames.check(1, bytes)).doesNotThrowAnyException();
        }
    }

    @Test
    void shouldNoticeEachFault() {
        refused(ipv4().putShort(12, (short) 0x0800), "no VLAN tag");
        refused(ipv4().putShort(14, (short) 1), "a wrong VLAN");
        refused(ipv4().put(11, (byte) 9), "a wrong source MAC");
        refused(ipv4().put(5, (byte) 1), "a wrong neighbour");
        refused(ipv4().put(18 + 8, (byte) 64), "a wrong TTL");
        refused(ipv4().put(18 + 11, (byte) 0), "a wrong checksum");
        refused(ipv4().putShort(16, (short) 0x0806), "an unknown type");
        refused(forwarded(FLOW6, 2).put(18 + 24, (byte) 0x30), "no route");
        refused(forwarded(FLOW6, 2).put(18 + 7, (byte) 64), "a wrong hop limit");
        refused(ipv4().put(59, (byte) 1), "a packet that was not offered");
    }

    @Test
    void shouldPlaceRoutersOnPortsByVlan() {
        assertThat(TOPOLOGY.ports()).isEqualTo(5);
        for (int router : new int[] {0, 1999, 2000, 9999}) {
            assertThat(TOPOLOGY.routerSending(TOPOLOGY.port(router), TOPOLOGY.egressVlan(router)))
                    .isEqualTo(router);
            assertThat(TOPOLOGY.egressVlan(router)).isBetween(2001, 4094);
            assertThat(TOPOLOGY.ingressVlan(router)).isBetween(1, 2000);
        }
        assertThatThrownBy(() -> new Topology(0)).hasMessageContaining("routers: 0");
    }

    @Test
    void shouldGiveEachRouterItsOwnPort() {
        Topology topology = new Topology(3, 1);
        assertThat(topology.ports()).isEqualTo(3);
        for (int router = 0; router < 3; router++) {
            assertThat(topology.port(router)).isEqualTo(router);
            assertThat(topology.routerSending(router, topology.egressVlan(router)))
                    .isEqualTo(router);
        }
        assertThatThrownBy(() -> new Topology(17, 1)).hasMessageContaining("routers: 17");
        assertThatThrownBy(() -> new Topology(1, 2001)).hasMessageContaining("routersPerPort: 2001");
    }

    @Test
    void shouldOfferEachFlowWithEachLength() {
        Workload workload = Workload.small("x", 1, 16, AddressFamily.IPV4);
        List<byte[]> offered = workload.frames(0, FrameSizes.imix());
        assertThat(offered).hasSize(16 * 12);
        assertThat(offered.stream().filter(frame -> frame.length == 1514)).hasSize(16);
        assertThat(offered.stream().filter(frame -> frame.length == 60)).hasSize(16 * 7);
    }
}

package io.vireo.dataplane;

import static io.vireo.dataplane.ClassRig.guarantee;
import static io.vireo.dataplane.ClassRig.udp;
import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.schedule.policy.ClassFilterCompiler;
import io.vireo.dataplane.schedule.policy.ClassFilterRule;
import io.vireo.dataplane.schedule.policy.PortRange;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.RouteKind;
import io.vireo.dataplane.wire.value.InterfaceSpec;
import io.vireo.dataplane.wire.value.NextHops;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Tunnels that have a class of the port by which their packets leave.
 *
 * <pre>
 *   OVER ═ within VPN ═ T ═ within ROUTER ═ interface 0 ── port 0          BESIDE ═ within ROUTER ═ interface 0
 *                                            interface 9 ── port 1
 * </pre>
 */
class TunnelClassesTest {
    private static final int VPN = 1;
    private static final int T = 20;
    private static final int BESIDE = 21;
    private static final int OVER = 22;
    private static final int OTHER_PORTS = 9;
    private static final long LOCAL = 0xc0000201L;
    private static final long REMOTE = 0xc0000202L;
    private static final long REMOTE_BESIDE = 0xc0000203L;
    private static final long LOCAL_OVER = 0xc6336401L;
    private static final long REMOTE_OVER = 0xc6336402L;

    private final ClassRig rig = new ClassRig();
    private final UnsafeBuffer frame = udp(200, 0, 0, 80);

    @BeforeEach
    void start() {
        rig.port(0, 0, 1);
        rig.port(1, OTHER_PORTS, 1);
        rig.proxy.topology().addRouter(1, VPN, 8, 1_000, 100, "vpn");
        addTunnel(T, VPN, ClassRig.ROUTER, LOCAL, REMOTE);
        addTunnel(BESIDE, VPN, ClassRig.ROUTER, LOCAL, REMOTE_BESIDE);
        addTunnel(OVER, VPN, VPN, LOCAL_OVER, REMOTE_OVER);
        for (int id : new int[] {0, OTHER_PORTS}) {
            rig.proxy.tables().addNeighbour(2, id, AddressFamily.IPV4, 0, 0x0a000001L, 0x02000000aa00L);
        }
        route(ClassRig.ROUTER, REMOTE & ~0xffL, 0, 0x0a000001L);
        route(VPN, REMOTE_OVER & ~0xffL, T, 0);
        rig.proxy.classes().setPortRate(1, 0, 1_000_000_000, 24);
        rig.proxy.classes().addClass(2, 1, 0, 0, 0, guarantee(100_000_000), "underlay");
        rig.settle();
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void shouldChargeATunnelToItsClassAndCountItAtTheInterfaceItLeavesBy() {
        addTunnelClass(0);

        send(T, 30);
        send(BESIDE, 20);

        assertThat(rig.counts(2).sentPackets()).isEqualTo(30);
        assertThat(rig.counts(1).sentPackets()).isEqualTo(20);
        assertThat(rig.sent(0)).isEqualTo(50);
    }

    @Test
    void shouldChargeWhatATunnelWithoutClassCarriesToTheOneUnderneath() {
        addTunnelClass(0);

        send(OVER, 10);

        assertThat(rig.counts(2).sentPackets()).isEqualTo(10);
        rig.proxy.classes().addClass(3, 3, 0, 0, OVER, guarantee(1_000_000), "over");
        rig.settle();

        send(OVER, 5);

        assertThat(rig.counts(2).sentPackets())
                .as("the nearest to who sends has them")
                .isEqualTo(10);
        assertThat(rig.counts(3).sentPackets()).isEqualTo(5);
    }

    @Test
    void shouldChargeATunnelThatLeavesByAnotherPortToTheInterface() {
        addTunnelClass(1);

        send(T, 10);
        assertThat(rig.counts(1).sentPackets()).isEqualTo(10);

        route(ClassRig.ROUTER, REMOTE & ~0xffL, OTHER_PORTS, 0x0a000001L);
        rig.settle();
        send(T, 7);

        assertThat(rig.counts(1).sentPackets()).isEqualTo(10);
        assertThat(rig.counts(2).sentPackets()).isEqualTo(7);
    }

    @Test
    void shouldChargeTheInterfaceAgainWithoutTheClass() {
        addTunnelClass(0);
        send(T, 10);

        rig.proxy.classes().removeClass(3, 2);
        rig.settle();
        send(T, 10);

        assertThat(rig.counts(1).sentPackets()).isEqualTo(10);
    }

    @Test
    void shouldChooseAmongTheClassesOfATunnelByThePacketWithin() {
        addTunnelClass(0);
        rig.proxy.classes().addClass(3, 3, 2, 0, T, guarantee(1_000_000), "web");
        rig.proxy.classes().addClass(4, 4, 2, 0, T, guarantee(1_000_000), "rest");
        PortRange web = new PortRange(80, 80);
        long[] image = ClassFilterCompiler.compile(
                List.of(new ClassFilterRule(3, ClassFilterRule.ANY, 17, null, web, null, null)), 0);
        rig.proxy.classes().setClassFilter(5, T, 4, image);
        rig.settle();

        send(T, 12);
        send(T, 8, udp(200, 0, 0, 443));
        send(OVER, 3);

        assertThat(rig.counts(3).sentPackets()).isEqualTo(12 + 3);
        assertThat(rig.counts(4).sentPackets()).isEqualTo(8);
    }

    @Test
    void shouldRefuseClassesOfTwoPorts() {
        addTunnelClass(0);
        rig.proxy.classes().addClass(3, 3, 0, 1, T, guarantee(1_000_000), "second");
        rig.conduct();

        assertThat(rig.events.refusals.toString()).contains("interface " + T + " is not on the port of the class");
    }

    private void addTunnelClass(int port) {
        rig.proxy.classes().addClass(2, 2, 0, port, T, guarantee(10_000_000), "tunnel");
        rig.settle();
    }

    private void send(int interfaceId, int packets) {
        send(interfaceId, packets, frame);
    }

    private void send(int interfaceId, int packets, UnsafeBuffer packet) {
        for (int n = 0; n < packets; n++) {
            rig.inject(interfaceId, packet);
        }
        rig.pass(100_000_000, 1_000_000);
    }

    private void addTunnel(int id, int router, int underlay, long local, long remote) {
        InterfaceSpec spec =
                TestInterfaces.tunnel(id, router, underlay, AddressFamily.IPV4, 0, local, 0, remote, "t" + id);
        rig.proxy.topology().addInterface(3, spec);
    }

    private void route(int router, long prefix, int interfaceId, long gateway) {
        NextHops via = new NextHops().add(interfaceId, 0, gateway, 1);
        rig.proxy.tables().addRoute(4, router, AddressFamily.IPV4, 0, prefix, 24, RouteKind.UNICAST, via);
    }
}

package io.vireo.dataplane.conductor;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.HandDrivenDataplane;
import io.vireo.dataplane.TestFrames;
import io.vireo.dataplane.TestInterfaces;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.CommandResult;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.PortState;
import io.vireo.dataplane.wire.code.PuntReason;
import io.vireo.dataplane.wire.code.RouteKind;
import io.vireo.dataplane.wire.value.NextHops;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Commands: what they do, what refuses them, and that a refused one changes nothing. */
class ConductorTest {
    private static final long MAC = 0x020000000101L;
    private static final long HOST = 0x02000000aa01L;
    private static final long NET = 0x0a000200;
    private static final long GATEWAY = 0x0a000202;

    private final HandDrivenDataplane dataplane = new HandDrivenDataplane(1);

    @AfterEach
    void everyBufferComesHome() {
        dataplane.close();
    }

    private void build() {
        dataplane.port(0);
        dataplane.port(1);
        var proxy = dataplane.proxy;
        proxy.topology().addRouter(1, 7, 101, 1000, 100, "blue");
        proxy.topology().addRouter(1, 8, 102, 1000, 100, "red");
        proxy.topology().addInterface(2, TestInterfaces.access(10, 7, 0, 0, MAC, 1500, "a"));
        proxy.topology().addInterface(3, TestInterfaces.access(11, 7, 1, 20, MAC, 1500, "b"));
        proxy.topology().addInterface(4, TestInterfaces.access(12, 8, 1, 21, MAC, 1500, "c"));
        dataplane.settle();
    }

    private void route(int router, long prefix, int length, NextHops hops) {
        dataplane.proxy.tables().addRoute(50, router, AddressFamily.IPV4, 0, prefix, length, RouteKind.UNICAST, hops);
    }

    private static NextHops via(int interfaceId, long gateway) {
        return new NextHops().add(interfaceId, 0, gateway, 1);
    }

    private void assertRefused(CommandResult code, String text) {
        dataplane.conduct();
        assertThat(dataplane.events.refusals).containsExactly(code + " " + text);
        dataplane.events.refusals.clear();
    }

    private java.util.List<String> dumpRoutes(int router) {
        dataplane.events.routes.clear();
        dataplane.proxy.tables().dumpRoutes(60, router);
        dataplane.settle();
        assertThat(dataplane.events.dumps).containsKey(60L);
        return dataplane.events.routes;
    }

    @Test
    void shouldTellPortState() {
        build();
        assertThat(dataplane.events.ports).containsEntry(0, PortState.UP).containsEntry(1, PortState.UP);
    }

    @Test
    void shouldRefusePortWithoutDevice() {
        dataplane.proxy.topology().addPort(1, 5, 1, 512, 1500, "x", "net_af_packet_px,iface=vireo-none");
        dataplane.conduct();
        assertThat(dataplane.events.refusals).hasSize(1);
        assertThat(dataplane.events.refusals.getFirst())
                .startsWith("DEVICE devargs: ")
                .contains("vireo-none");
        assertThat(dataplane.events.ports).containsEntry(5, PortState.FAILED);
    }

    @Test
    void shouldRefusePortOfOtherSettingsUnderTheSameId() {
        build();
        dataplane.proxy.topology().addPort(1, 0, 1, 512, 1500, "x", "net_null_x");
        assertRefused(CommandResult.IN_USE, "portId: port 0 exists with other settings; remove it first");
    }

    @Test
    void shouldRefuseToRemovePortInUse() {
        build();
        dataplane.proxy.topology().removePort(1, 1);
        assertRefused(CommandResult.IN_USE, "portId: port 1 still has 2 interfaces");
    }

    @Test
    void shouldRemovePortOnceItIsFree() {
        build();
        dataplane.proxy.topology().removeInterface(1, 10);
        dataplane.proxy.topology().removePort(1, 0);
        dataplane.settle();
        assertThat(dataplane.events.ports).containsEntry(0, PortState.REMOVED);
    }

    @Test
    void shouldRefuseInterfaceOfMissingRouterOrPort() {
        build();
        dataplane.proxy.topology().addInterface(1, TestInterfaces.access(20, 30, 0, 5, MAC, 1500, "x"));
        assertRefused(CommandResult.NOT_FOUND, "routerId: there is no router 30");
        dataplane.proxy.topology().addInterface(1, TestInterfaces.access(20, 7, 9, 5, MAC, 1500, "x"));
        assertRefused(CommandResult.NOT_FOUND, "portId: there is no port 9");
    }

    @Test
    void shouldRefuseOverlappingInterface() {
        build();
        dataplane.proxy.topology().addInterface(1, TestInterfaces.access(20, 7, 1, 21, MAC, 1500, "x"));
        assertRefused(CommandResult.IN_USE, "vlan: port and VLAN already belong to interface 12");
    }

    @Test
    void shouldRefuseInterfaceLongerThanItsPort() {
        build();
        dataplane.proxy.topology().addInterface(1, TestInterfaces.access(20, 7, 1, 5, MAC, 1501, "x"));
        assertRefused(CommandResult.INVALID, "mtu: the port and the packet buffers allow at most 1500 bytes");
    }

    @Test
    void shouldRefuseToMoveAnInterface() {
        build();
        dataplane.proxy.topology().addInterface(1, TestInterfaces.access(10, 8, 0, 0, MAC, 1500, "a"));
        assertRefused(CommandResult.IN_USE, "routerId: interface 10 exists with another value; remove it first");
        dataplane.proxy.topology().addInterface(1, TestInterfaces.access(10, 7, 0, 3, MAC, 1500, "a"));
        assertRefused(CommandResult.IN_USE, "vlan: interface 10 exists with another value; remove it first");
    }

    @Test
    void shouldRefuseLinkToForeignEnd() {
        build();
        dataplane.proxy.topology().addInterface(1, TestInterfaces.link(30, 7, 10, MAC, 1500, "l"));
        assertRefused(CommandResult.INVALID, "peerInterfaceId: interface 10 is not the other end of this link");
        dataplane.proxy.topology().addInterface(1, TestInterfaces.link(30, 7, 31, MAC, 1500, "l"));
        dataplane.settle();
        dataplane.proxy.topology().addInterface(1, TestInterfaces.link(32, 7, 31, MAC, 1500, "l"));
        assertRefused(CommandResult.IN_USE, "peerInterfaceId: already the other end of interface 30");
        dataplane.proxy.topology().addInterface(1, TestInterfaces.access(31, 8, 1, 99, MAC, 1500, "x"));
        assertRefused(CommandResult.IN_USE, "interfaceId: interface 30 expects a link's end here");
    }

    @Test
    void shouldRefuseRouteToNowhere() {
        build();
        route(7, NET, 24, via(99, GATEWAY));
        assertRefused(CommandResult.NOT_FOUND, "nextHops[0].interfaceId: there is no interface 99");
        route(7, NET, 24, via(12, GATEWAY));
        assertRefused(CommandResult.INVALID, "nextHops[0].interfaceId: interface 12 belongs to another router");
        route(30, NET, 24, via(10, GATEWAY));
        assertRefused(CommandResult.NOT_FOUND, "routerId: there is no router 30");
        assertThat(dumpRoutes(7)).isEmpty();
    }

    @Test
    void shouldKeepTheOldRouteWhenTheNewOneIsRefused() {
        build();
        route(7, NET, 24, via(11, GATEWAY));
        dataplane.settle();
        var before = java.util.List.copyOf(dumpRoutes(7));
        route(7, NET, 24, via(99, GATEWAY));
        assertRefused(CommandResult.NOT_FOUND, "nextHops[0].interfaceId: there is no interface 99");
        assertThat(dumpRoutes(7)).isEqualTo(before).hasSize(1);
    }

    @Test
    void shouldRefuseToRemoveWhatIsNotThere() {
        build();
        dataplane.proxy.tables().removeRoute(1, 7, AddressFamily.IPV4, 0, NET, 24);
        assertRefused(CommandResult.NOT_FOUND, "prefix: there is no such route in router 7");
        dataplane.proxy.topology().removeInterface(1, 77);
        assertRefused(CommandResult.NOT_FOUND, "interfaceId: there is no interface 77");
        dataplane.proxy.tables().removeNeighbour(1, 10, AddressFamily.IPV4, 0, GATEWAY);
        assertRefused(CommandResult.NOT_FOUND, "address: there is no such neighbour on interface 10");
        dataplane.proxy.topology().removeRouter(1, 30);
        assertRefused(CommandResult.NOT_FOUND, "routerId: there is no router 30");
        dataplane.proxy.topology().removePort(1, 30);
        assertRefused(CommandResult.NOT_FOUND, "portId: there is no port 30");
        dataplane.proxy.stopCapture(1, 3);
        assertRefused(CommandResult.NOT_FOUND, "captureId: there is no capture 3");
    }

    @Test
    void shouldRefuseToRemoveRouterWithInterfaces() {
        build();
        dataplane.proxy.topology().removeRouter(1, 7);
        assertRefused(CommandResult.IN_USE, "routerId: router 7 still has 2 interfaces");
    }

    @Test
    void shouldRefuseAnotherVpnUnderTheSameRouterId() {
        build();
        dataplane.proxy.topology().addRouter(1, 7, 999, 1000, 100, "x");
        assertRefused(CommandResult.IN_USE, "vpnId: router 7 belongs to VPN 101; remove it first");
    }

    @Test
    void shouldDumpWhatWasAdded() {
        build();
        route(7, NET, 24, via(11, GATEWAY));
        route(7, 0, 0, new NextHops().add(10, 0, 5, 3).add(11, 0, 6, 200));
        dataplane
                .proxy
                .tables()
                .addRoute(5, 7, AddressFamily.IPV6, 0x20010db8_00000000L, 0, 32, RouteKind.BLACKHOLE, NextHops.NONE);
        dataplane.proxy.tables().addNeighbour(6, 11, AddressFamily.IPV4, 0, GATEWAY, HOST);
        dataplane.proxy.tables().dumpNeighbours(61, 7);
        assertThat(dumpRoutes(7))
                .containsExactlyInAnyOrder(
                        "7 0:a000200/24 UNICAST " + via(11, GATEWAY),
                        "7 0:0/0 UNICAST " + new NextHops().add(10, 0, 5, 3).add(11, 0, 6, 200),
                        "7 20010db800000000:0/32 BLACKHOLE " + NextHops.NONE);
        assertThat(dataplane.events.dumps).containsEntry(60L, 3L).containsEntry(61L, 1L);
        assertThat(dataplane.events.neighbours).containsExactly("11 0:a000202 2000000aa01");
    }

    @Test
    void shouldSweepWhatAResyncDoesNotAddAgain() {
        build();
        route(7, NET, 24, via(11, GATEWAY));
        route(7, NET + 256, 24, via(11, GATEWAY));
        dataplane.proxy.tables().addNeighbour(6, 11, AddressFamily.IPV4, 0, GATEWAY, HOST);
        dataplane.proxy.tables().addNeighbour(6, 11, AddressFamily.IPV4, 0, GATEWAY + 1, HOST);
        dataplane.settle();

        var proxy = dataplane.proxy;
        proxy.resyncBegin(80, 5);
        dataplane.port(0);
        dataplane.port(1);
        proxy.topology().addRouter(1, 7, 101, 1000, 100, "blue");
        proxy.topology().addInterface(2, TestInterfaces.access(10, 7, 0, 0, MAC, 1500, "a"));
        proxy.topology().addInterface(3, TestInterfaces.access(11, 7, 1, 20, MAC, 1500, "b"));
        route(7, NET, 24, via(11, GATEWAY));
        proxy.tables().addNeighbour(6, 11, AddressFamily.IPV4, 0, GATEWAY, HOST);
        proxy.resyncEnd(81, 5);
        dataplane.settle();

        assertThat(dataplane.events.sweeps).containsExactly("5: 1 1 1 1 0");
        assertThat(dumpRoutes(7)).hasSize(1);
        dataplane.proxy.topology().addInterface(1, TestInterfaces.access(20, 8, 0, 5, MAC, 1500, "x"));
        assertRefused(CommandResult.NOT_FOUND, "routerId: there is no router 8");
    }

    @Test
    void shouldRefuseResyncEndOfAnotherEpoch() {
        build();
        dataplane.proxy.resyncBegin(80, 5);
        dataplane.proxy.resyncEnd(81, 6);
        assertRefused(CommandResult.INVALID, "epoch: no resynchronisation of epoch 6 has begun");
    }

    /** A packet from interface 10 to {@code destination}, sent into a freshly added port 2 with VLAN-less interface 40. */
    private void send(long destination) {
        byte[] packet = TestFrames.ipv4(0x0a000102, (int) destination, 64, 20);
        dataplane.port(2, TestFrames.ethernet(MAC, HOST, 0x0800, packet));
        dataplane.proxy.topology().addInterface(90, TestInterfaces.access(40, 7, 2, 0, MAC, 1500, "x"));
        dataplane.settle();
        dataplane.run();
        dataplane.proxy.topology().removeInterface(91, 40);
        dataplane.proxy.topology().removePort(92, 2);
        dataplane.settle();
    }

    private long sentBy(int interfaceId) {
        return dataplane.statistics().interfaceCounts(interfaceId).txPackets();
    }

    @Test
    void shouldUseNeighbourOnlyWhileItsLinkHasTheLongestMatch() {
        build();
        route(7, NET, 24, via(11, 0));
        dataplane.proxy.tables().addNeighbour(6, 11, AddressFamily.IPV4, 0, GATEWAY, HOST);
        send(GATEWAY);
        assertThat(sentBy(11)).isEqualTo(1);

        route(7, NET, 25, via(10, 0)); // a longer match elsewhere: the neighbour entry no longer counts
        send(GATEWAY);
        assertThat(dataplane.punts.reasons).containsExactly(PuntReason.NEIGHBOUR_UNKNOWN.code());

        dataplane.proxy.tables().removeRoute(7, 7, AddressFamily.IPV4, 0, NET, 25);
        send(GATEWAY);
        assertThat(sentBy(11)).isEqualTo(2);

        dataplane.proxy.tables().addRoute(8, 7, AddressFamily.IPV4, 0, GATEWAY, 32, RouteKind.BLACKHOLE, NextHops.NONE);
        send(GATEWAY);
        assertThat(dataplane.drops(7, DropReason.BLACKHOLE)).isEqualTo(1);
        assertThat(dumpRoutes(7)).hasSize(2);

        dataplane.proxy.tables().removeRoute(9, 7, AddressFamily.IPV4, 0, GATEWAY, 32);
        send(GATEWAY);
        assertThat(sentBy(11)).isEqualTo(3);

        dataplane.proxy.tables().removeNeighbour(10, 11, AddressFamily.IPV4, 0, GATEWAY);
        send(GATEWAY);
        assertThat(sentBy(11)).isEqualTo(3);
        assertThat(dataplane.punts.reasons).hasSize(2);
    }

    @Test
    void shouldInstallNeighboursThatCameBeforeTheirRoute() {
        build();
        dataplane.proxy.tables().addNeighbour(6, 11, AddressFamily.IPV4, 0, GATEWAY, HOST);
        route(7, NET, 24, via(11, 0));
        send(GATEWAY);
        assertThat(sentBy(11)).isEqualTo(1);
    }

    @Test
    void shouldDropAtInterfacesThatAreDown() {
        build();
        route(7, NET, 24, via(11, GATEWAY));
        dataplane.proxy.tables().addNeighbour(6, 11, AddressFamily.IPV4, 0, GATEWAY, HOST);
        dataplane.proxy.topology().setInterfaceState(7, 11, false);
        send(NET + 9);
        assertThat(dataplane.drops(7, DropReason.EGRESS_DOWN)).isEqualTo(1);

        dataplane.proxy.topology().setInterfaceState(8, 11, true);
        send(NET + 9);
        assertThat(sentBy(11)).isEqualTo(1);
    }

    @Test
    void shouldDropOverRemovedInterfaceAndNotReviveForAnotherRouter() {
        build();
        route(7, NET, 24, via(11, GATEWAY));
        dataplane.proxy.tables().addNeighbour(6, 11, AddressFamily.IPV4, 0, GATEWAY, HOST);
        dataplane.proxy.topology().removeInterface(7, 11);
        dataplane.proxy.topology().addInterface(8, TestInterfaces.access(11, 8, 1, 20, MAC, 1500, "b"));
        dataplane.proxy.tables().addNeighbour(9, 11, AddressFamily.IPV4, 0, GATEWAY, HOST);
        send(NET + 9);
        assertThat(dataplane.drops(7, DropReason.EGRESS_DOWN)).isEqualTo(1);
        assertThat(sentBy(11)).isZero();
    }

    @Test
    void shouldSpreadFlowsOverGroupByWeight() {
        build();
        route(7, NET, 24, new NextHops().add(10, 0, 5, 1).add(11, 0, 6, 3));
        dataplane.proxy.tables().addNeighbour(6, 10, AddressFamily.IPV4, 0, 5, HOST);
        dataplane.proxy.tables().addNeighbour(7, 11, AddressFamily.IPV4, 0, 6, HOST);
        byte[][] frames = new byte[4000][];
        for (int i = 0; i < frames.length; i++) {
            byte[] packet = TestFrames.ipv4(0x0a640000 + i / 2, (int) NET + 7, 64, 20);
            frames[i] = TestFrames.ethernet(MAC, HOST, 0x0800, packet);
        }
        dataplane.port(2, frames);
        dataplane.proxy.topology().addInterface(90, TestInterfaces.access(40, 7, 2, 0, MAC, 1500, "x"));
        dataplane.settle();
        dataplane.run();

        assertThat(sentBy(10) + sentBy(11)).isEqualTo(4000);
        assertThat(sentBy(10)).isBetween(800L, 1200L).matches(n -> n % 2 == 0, "a flow keeps its way");
    }

    @Test
    void shouldPoliceRoutersPunts() {
        build();
        dataplane.proxy.topology().addRouter(1, 7, 101, 10, 5, "blue");
        byte[] frame = TestFrames.ethernet(MAC, HOST, 0x0800, TestFrames.ipv4(0x0a000102, 0x0b000001, 64, 20));
        byte[][] frames = new byte[20][];
        java.util.Arrays.fill(frames, frame);
        dataplane.port(2, frames);
        dataplane.proxy.topology().addInterface(90, TestInterfaces.access(40, 7, 2, 0, MAC, 1500, "x"));
        dataplane.settle();
        dataplane.run();

        assertThat(dataplane.punts.frames).hasSize(5);
        assertThat(dataplane.drops(7, DropReason.PUNT_LIMIT_UNREACHABLE)).isEqualTo(15);
        assertThat(dataplane.statistics().interfaceCounts(40).puntLimitedPackets())
                .isEqualTo(15);
        assertThat(dataplane.statistics().routerCounts(7).puntPackets()).isEqualTo(5);
    }

    @Test
    void shouldGiveEverythingBackWhenTablesAreEmptied() {
        build();
        int before = dataplane.tables.adjacencies().capacity();
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < before; i += 16) {
                route(7, (i + 1L) << 8, 24, new NextHops().add(10, 0, i + 1, 1).add(11, 0, 1 + i % 7, 2));
                if (i % 1024 == 0) {
                    dataplane.conduct();
                }
            }
            dataplane.conduct();
            dataplane.events.refusals.clear(); // more groups than there is room for: refused, and nothing lost
            for (String route : dumpRoutes(7).toArray(String[]::new)) {
                long prefix = Long.parseLong(route.substring(4, route.indexOf('/')), 16);
                dataplane.proxy.tables().removeRoute(70, 7, AddressFamily.IPV4, 0, prefix, 24);
            }
            dataplane.settle();
            assertThat(dumpRoutes(7)).isEmpty();
        }
        for (int i = 0; i < 64; i++) { // as many groups as there are: none is still held
            route(7, (i + 1L) << 8, 24, new NextHops().add(10, 0, i + 1, 1).add(11, 0, i + 1, 2));
        }
        dataplane.settle();
    }
}

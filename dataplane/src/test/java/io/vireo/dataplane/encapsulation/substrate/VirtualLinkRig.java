package io.vireo.dataplane.encapsulation.substrate;

import io.vireo.dataplane.HandDrivenDataplane;
import io.vireo.dataplane.TestFrames;
import io.vireo.dataplane.TestInterfaces;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.RouteKind;
import io.vireo.dataplane.wire.value.InterfaceSpec;
import io.vireo.dataplane.wire.value.NextHops;
import java.util.List;

/**
 * Two virtual routers whose virtual links have the same identifier on three substrate links of one port.
 *
 * <pre>
 *   host ── VLAN 1 of port 0 ── router red ─── RED_LINK   VLAN 30, priority 5 ── PEER
 *   host ── VLAN 2 of port 0 ── router blue ─┬ BLUE_LINK  VLAN 30             ── OTHER
 *                                            └ SHARED     untagged            ── PEER
 *                               router red ─── PLAIN      untagged, IP
 * </pre>
 */
final class VirtualLinkRig implements AutoCloseable {
    static final int RED = 7;
    static final int BLUE = 8;
    static final int RED_HOST = 10;
    static final int BLUE_HOST = 11;
    static final int RED_LINK = 12;
    static final int BLUE_LINK = 13;
    static final int SHARED = 14;
    static final int PLAIN = 15;

    static final int ID = 0x5a0001;
    static final int VLAN = 30;
    static final int RED_TAG = 5 << 13 | VLAN;
    static final long PEER = 0x02000000bb01L;
    static final long OTHER = 0x02000000bb02L;
    static final long OWN = 0x02000000bb00L;
    static final long HOST = 0x02000000aa01L;
    static final int MTU = 1400;
    static final int NEAR = 0x0a000002;
    static final int FAR = 0x0a630001;
    static final int FAR_SHARED = 0x0a640001;
    static final long NEAR6 = 0x20010db8_00010000L;
    static final long FAR6 = 0x20010db8_00020000L;

    final HandDrivenDataplane dataplane = new HandDrivenDataplane(1);

    VirtualLinkRig(List<byte[]> fromHost, List<byte[]> fromSubstrate) {
        dataplane.port(0, fromHost);
        dataplane.port(1, fromSubstrate);
        var topology = dataplane.proxy.topology();
        topology.addRouter(1, RED, 101, 1_000_000, 1_000_000, "red");
        topology.addRouter(1, BLUE, 102, 1_000_000, 1_000_000, "blue");
        topology.addInterface(2, TestInterfaces.access(RED_HOST, RED, 0, 1, mac(RED_HOST), 1500, "red0"));
        topology.addInterface(2, TestInterfaces.access(BLUE_HOST, BLUE, 0, 2, mac(BLUE_HOST), 1500, "blue0"));
        topology.addInterface(2, TestInterfaces.access(PLAIN, RED, 1, 0, mac(PLAIN), 1500, "plain"));
        topology.addInterface(2, link(RED_LINK, RED, VLAN, PEER, ID, 5));
        topology.addInterface(2, link(BLUE_LINK, BLUE, VLAN, OTHER, ID, 0));
        topology.addInterface(2, link(SHARED, BLUE, 0, PEER, ID, 0));
        for (int router : new int[] {RED, BLUE}) {
            int host = router == RED ? RED_HOST : BLUE_HOST;
            route(router, FAR, router == RED ? RED_LINK : BLUE_LINK, 0);
            route(router, NEAR, host, NEAR);
            route6(router, FAR6, router == RED ? RED_LINK : BLUE_LINK);
            neighbours(host);
        }
        route(BLUE, FAR_SHARED, SHARED, 0);
        dataplane.settle();
    }

    static long mac(int interfaceId) {
        return 0x020000000100L + interfaceId;
    }

    static InterfaceSpec link(int id, int router, int vlan, long peer, int identifier, int priority) {
        return new InterfaceSpec()
                .id(id, router)
                .mac(mac(id))
                .mtuBytes(MTU)
                .name("v" + id)
                .substrate(1, vlan, OWN, peer, identifier, SubstrateFrame.ETHER_TYPE, priority);
    }

    void route(int router, int destination, int interfaceId, int gateway) {
        NextHops via = new NextHops().add(interfaceId, 0, gateway & 0xffff_ffffL, 1);
        dataplane
                .proxy
                .tables()
                .addRoute(4, router, AddressFamily.IPV4, 0, destination & 0xffff0000L, 16, RouteKind.UNICAST, via);
    }

    private void route6(int router, long prefix, int interfaceId) {
        NextHops via = new NextHops().add(interfaceId, 0, 0, 1);
        dataplane.proxy.tables().addRoute(4, router, AddressFamily.IPV6, prefix, 0, 48, RouteKind.UNICAST, via);
    }

    private void neighbours(int interfaceId) {
        var tables = dataplane.proxy.tables();
        tables.addNeighbour(5, interfaceId, AddressFamily.IPV4, 0, NEAR, HOST);
        tables.addNeighbour(5, interfaceId, AddressFamily.IPV6, NEAR6, 2, HOST);
        NextHops via = new NextHops().add(interfaceId, NEAR6, 2, 1);
        int router = interfaceId == RED_HOST ? RED : BLUE;
        tables.addRoute(4, router, AddressFamily.IPV6, NEAR6, 0, 48, RouteKind.UNICAST, via);
    }

    /** Has a router take an address for its own. */
    void local(int router, int address) {
        dataplane
                .proxy
                .tables()
                .addRoute(
                        6, router, AddressFamily.IPV4, 0, address & 0xffff_ffffL, 32, RouteKind.LOCAL, new NextHops());
    }

    void run() {
        dataplane.settle();
        dataplane.run();
    }

    long received(int interfaceId) {
        return dataplane.statistics().interfaceCounts(interfaceId).rxPackets();
    }

    /** A frame from a router's host. */
    static byte[] fromHost(int router, byte[] packet) {
        int host = router == RED ? RED_HOST : BLUE_HOST;
        return TestFrames.tagged(mac(host), HOST, router == RED ? 1 : 2, type(packet), packet);
    }

    static byte[] toHost(int router, byte[] packet) {
        int host = router == RED ? RED_HOST : BLUE_HOST;
        return TestFrames.tagged(HOST, mac(host), router == RED ? 1 : 2, type(packet), packet);
    }

    static int type(byte[] packet) {
        return packet[0] >> 4 == 4 ? SubstrateFrame.IPV4 : SubstrateFrame.IPV6;
    }

    /** A packet that a virtual link brings, to the router's host. */
    static byte[] toNear(int ttl, int payloadBytes) {
        return TestFrames.ipv4(FAR, NEAR, ttl, payloadBytes);
    }

    static byte[] toNear6(int hopLimit, int payloadBytes) {
        return TestFrames.ipv6(FAR6, 1, NEAR6, 2, 17, hopLimit, payloadBytes);
    }

    static byte[] toFar(int ttl, int payloadBytes) {
        return TestFrames.ipv4(NEAR, FAR, ttl, payloadBytes);
    }

    static byte[] toFar6(int hopLimit, int payloadBytes) {
        return TestFrames.ipv6(NEAR6, 2, FAR6, 1, 17, hopLimit, payloadBytes);
    }

    /** A frame as the far end of red's virtual link sends it. */
    static SubstrateFrame toRed(byte[] packet) {
        return SubstrateFrame.of(OWN, PEER, RED_TAG, ID, packet);
    }

    @Override
    public void close() {
        dataplane.close();
    }
}

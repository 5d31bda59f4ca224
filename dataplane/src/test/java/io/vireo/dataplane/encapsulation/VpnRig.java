package io.vireo.dataplane.encapsulation;

import io.vireo.dataplane.HandDrivenDataplane;
import io.vireo.dataplane.TestFrames;
import io.vireo.dataplane.TestInterfaces;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.RouteKind;
import io.vireo.dataplane.wire.code.VnsOption;
import io.vireo.dataplane.wire.value.InterfaceSpec;
import io.vireo.dataplane.wire.value.NextHops;
import java.util.List;

/**
 * Routers of two VPNs that share two wires, with the same addresses in both.
 *
 * <pre>
 *   host ── port 0, untagged ──┬── R0  router red   R1 ──┬── VLAN 30 of port 1 ── gateway
 *                              └── B0  router blue  B1 ──┘
 *                                      router red   E ────── VLAN 20 of port 1
 * </pre>
 */
final class VpnRig implements AutoCloseable {
    static final int RED = 7;
    static final int BLUE = 8;
    static final int BASE = 9;
    static final int R0 = 10;
    static final int B0 = 11;
    static final int R1 = 12;
    static final int B1 = 13;
    static final int E = 14;
    static final int PLAIN = 15;

    static final int RED_ID = 7;
    static final int BLUE_ID = 0x70007;
    static final byte[] RED_OPTION = VnsPacket.options(VnsOption.STREAM_ID, RED_ID, 0);
    static final byte[] BLUE_OPTION = VnsPacket.options(VnsOption.EXPERIMENTAL, BLUE_ID, 0);

    static final long HOST = 0x02000000aa01L;
    static final long GATEWAY = 0x02000000aa02L;
    static final int MTU = 1400;
    static final int OWN = 0x0a000001; // 10.0.0.1 of R0 and B0
    static final int LEFT = 0x0a000002;
    static final int RIGHT = 0x0a010002;
    static final int FAR_LEFT = 0x0a050001;
    static final int FAR_RIGHT = 0x0a020001;

    private static final int VLAN = 30;

    final HandDrivenDataplane dataplane = new HandDrivenDataplane(1);

    VpnRig(List<byte[]> fromLeft, List<byte[]> fromRight) {
        dataplane.port(0, fromLeft);
        dataplane.port(1, fromRight);
        var topology = dataplane.proxy.topology();
        for (int router : new int[] {RED, BLUE, BASE}) {
            topology.addRouter(1, router, router, 1_000_000, 1_000_000, "r" + router);
        }
        topology.addInterface(2, left(R0, RED).vns(VnsOption.STREAM_ID, RED_ID));
        topology.addInterface(2, left(B0, BLUE).vns(VnsOption.EXPERIMENTAL, BLUE_ID));
        topology.addInterface(2, right(R1, RED, VLAN).vns(VnsOption.STREAM_ID, RED_ID));
        topology.addInterface(2, right(B1, BLUE, VLAN).vns(VnsOption.EXPERIMENTAL, BLUE_ID));
        topology.addInterface(2, right(E, RED, 20));
        route(RED, FAR_LEFT, R0, LEFT);
        route(BLUE, FAR_LEFT, B0, LEFT);
        route(RED, FAR_RIGHT, R1, RIGHT);
        route(BLUE, FAR_RIGHT, B1, RIGHT);
        neighbour(R0, LEFT, HOST);
        neighbour(B0, LEFT, HOST);
        neighbour(R1, RIGHT, GATEWAY);
        neighbour(B1, RIGHT, GATEWAY);
        dataplane.settle();
    }

    static long mac(int interfaceId) {
        return 0x020000000100L + interfaceId;
    }

    static InterfaceSpec left(int id, int router) {
        return TestInterfaces.access(id, router, 0, 0, mac(id), MTU, "l" + id);
    }

    private static InterfaceSpec right(int id, int router, int vlan) {
        return TestInterfaces.access(id, router, 1, vlan, mac(id), MTU, "r" + id);
    }

    /** The interface on the left wire that takes what says no VPN-ID, of a router with the same routes. */
    void addPlain() {
        dataplane.proxy.topology().addInterface(3, left(PLAIN, BASE));
        route(BASE, FAR_LEFT, PLAIN, LEFT);
        neighbour(PLAIN, LEFT, HOST);
        dataplane.settle();
    }

    void route(int router, int destination, int interfaceId, int gateway) {
        NextHops via = new NextHops().add(interfaceId, 0, gateway & 0xffff_ffffL, 1);
        dataplane
                .proxy
                .tables()
                .addRoute(4, router, AddressFamily.IPV4, 0, destination & 0xffff0000L, 16, RouteKind.UNICAST, via);
    }

    void neighbour(int interfaceId, int address, long mac) {
        dataplane.proxy.tables().addNeighbour(5, interfaceId, AddressFamily.IPV4, 0, address & 0xffff_ffffL, mac);
    }

    void run() {
        dataplane.run();
    }

    long received(int interfaceId) {
        return dataplane.statistics().interfaceCounts(interfaceId).rxPackets();
    }

    /** A frame on the left wire to what is on the right. */
    static byte[] fromLeft(long mac, byte[] options) {
        return TestFrames.ethernet(mac, HOST, 0x0800, packet(options, FAR_RIGHT, 64, 8));
    }

    /** A frame as a router puts it on the right wire. */
    static byte[] toRight(int egress, byte[] options) {
        return TestFrames.tagged(GATEWAY, mac(egress), VLAN, 0x0800, packet(options, FAR_RIGHT, 63, 8));
    }

    /** A frame to the left from router red's edge. */
    static byte[] fromEdge(byte[] packet) {
        return TestFrames.tagged(mac(E), GATEWAY, 20, packet[0] >> 4 == 4 ? 0x0800 : 0x86dd, packet);
    }

    static byte[] toLeft(int egress, byte[] packet) {
        return TestFrames.ethernet(HOST, mac(egress), 0x0800, packet);
    }

    static byte[] packet(byte[] options, int destination, int ttl, int payloadBytes) {
        return TestFrames.ipv4(options, 0x0a630001, destination, ttl, payloadBytes);
    }

    @Override
    public void close() {
        dataplane.close();
    }
}

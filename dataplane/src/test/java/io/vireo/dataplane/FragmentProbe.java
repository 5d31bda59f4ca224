package io.vireo.dataplane;

import io.vireo.dataplane.encapsulation.VxlanPacket;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.AddressUse;
import io.vireo.dataplane.wire.code.AnswerKind;
import io.vireo.dataplane.wire.code.RouteKind;
import io.vireo.dataplane.wire.code.TunnelModes;
import io.vireo.dataplane.wire.command.DataplaneProxy;
import io.vireo.dataplane.wire.counters.KeepaliveCounts;
import io.vireo.dataplane.wire.counters.StatisticsReader;
import io.vireo.dataplane.wire.value.InterfaceSpec;
import io.vireo.dataplane.wire.value.NextHops;

/**
 * What {@link AllocationProbe} sends through tunnels of which both ends are here: packets that go in two fragments and are put together,
 * and keepalives that are answered, of a tunnel of packets and of one of frames.
 *
 * <pre>
 *   port 1, VLAN 35 ── NEAR  PACKETS, FRAMES ═══ within NEAR_CORE ── link ── FAR_CORE ═══  FAR ── port 1, VLAN 36
 * </pre>
 */
final class FragmentProbe {
    static final int VLAN = 35;

    private static final int NEAR = 21;
    private static final int NEAR_CORE = 22;
    private static final int FAR_CORE = 23;
    private static final int FAR = 24;
    private static final int IN = 51;
    private static final int OUT = 52;
    private static final int NEAR_LINK = 53;
    private static final int FAR_LINK = 54;
    private static final int PACKETS = 55;
    private static final int FAR_PACKETS = 56;
    private static final int FRAMES = 57;
    private static final int FAR_FRAMES = 58;

    private static final int OUT_VLAN = 36;
    private static final int MTU = 1500;
    private static final int VNI = 78;
    private static final int INTERVAL_MS = 100;
    private static final long LOCAL = 0xc0000201L; // 192.0.2.1
    private static final long REMOTE = 0xc0000202L;
    private static final long BEHIND = 0x0ad20001L; // 10.210.0.1
    private static final long OF_PACKETS = 0x0ad30000L;
    private static final long OF_FRAMES = 0x0ad40000L;

    private FragmentProbe() {}

    /** A packet as long as the way underneath the tunnel. */
    static byte[] packet(int number) {
        return TestFrames.ipv4(0x0a000102 + number, (int) BEHIND, 64, MTU - 20);
    }

    static void build(DataplaneProxy proxy, long mac, long host) {
        for (int router : new int[] {NEAR, NEAR_CORE, FAR_CORE, FAR}) {
            proxy.topology().addRouter(2, router, 100 + router, 1000, 10, "f" + router);
        }
        proxy.topology().addInterface(3, TestInterfaces.access(IN, NEAR, 1, VLAN, mac, MTU, "in"));
        proxy.topology().addInterface(3, TestInterfaces.access(OUT, FAR, 1, OUT_VLAN, mac, MTU, "out"));
        proxy.topology().addInterface(3, TestInterfaces.link(NEAR_LINK, NEAR_CORE, FAR_LINK, mac(NEAR_LINK), MTU, "n"));
        proxy.topology().addInterface(3, TestInterfaces.link(FAR_LINK, FAR_CORE, NEAR_LINK, mac(FAR_LINK), MTU, "f"));
        core(proxy, NEAR_CORE, NEAR_LINK, FAR_LINK, LOCAL, REMOTE);
        core(proxy, FAR_CORE, FAR_LINK, NEAR_LINK, REMOTE, LOCAL);
        add(proxy, tunnel(PACKETS, NEAR, NEAR_CORE, LOCAL, REMOTE), OF_PACKETS + 1, OF_PACKETS + 2);
        add(proxy, tunnel(FAR_PACKETS, FAR, FAR_CORE, REMOTE, LOCAL), OF_PACKETS + 2, OF_PACKETS + 1);
        add(proxy, frames(FRAMES, NEAR, NEAR_CORE, LOCAL, REMOTE), OF_FRAMES + 1, OF_FRAMES + 2);
        add(proxy, frames(FAR_FRAMES, FAR, FAR_CORE, REMOTE, LOCAL), OF_FRAMES + 2, OF_FRAMES + 1);
        proxy.tables().addNeighbour(4, FAR_FRAMES, AddressFamily.IPV4, 0, OF_FRAMES + 1, mac(FRAMES));
        route(proxy, NEAR, BEHIND, PACKETS, 0);
        route(proxy, FAR, BEHIND, OUT, BEHIND);
        proxy.tables().addNeighbour(4, OUT, AddressFamily.IPV4, 0, BEHIND, host);
    }

    private static long mac(int interfaceId) {
        return 0x020000000300L + interfaceId;
    }

    /** A core router knows its own address, and the other's behind the link. */
    private static void core(DataplaneProxy proxy, int router, int link, int otherLink, long own, long other) {
        local(proxy, router, own);
        route(proxy, router, other, link, other);
        proxy.tables().addNeighbour(4, link, AddressFamily.IPV4, 0, other, mac(otherLink));
    }

    private static void local(DataplaneProxy proxy, int router, long address) {
        proxy.tables().addRoute(5, router, AddressFamily.IPV4, 0, address, 32, RouteKind.LOCAL, NextHops.NONE);
    }

    private static void route(DataplaneProxy proxy, int router, long to, int interfaceId, long gateway) {
        NextHops via = new NextHops().add(interfaceId, 0, gateway, 1);
        proxy.tables().addRoute(5, router, AddressFamily.IPV4, 0, to, 32, RouteKind.UNICAST, via);
    }

    private static InterfaceSpec tunnel(int id, int router, int underlay, long local, long remote) {
        return TestInterfaces.tunnel(id, router, underlay, AddressFamily.IPV4, 0, local, 0, remote, "t" + id)
                .mtuBytes(MTU)
                .tunnelModes(TunnelModes.FRAGMENT_OUTER);
    }

    private static InterfaceSpec frames(int id, int router, int underlay, long local, long remote) {
        InterfaceSpec ipIp =
                TestInterfaces.tunnel(id, router, underlay, AddressFamily.IPV4, 0, local, 0, remote, "t" + id);
        return TestInterfaces.vxlan(ipIp, VxlanPacket.PORT, VNI).mac(mac(id));
    }

    /** Adds the end of a tunnel that asks for the other one. */
    private static void add(DataplaneProxy proxy, InterfaceSpec tunnel, long own, long other) {
        int id = tunnel.interfaceId();
        proxy.topology()
                .addInterface(6, TestInterfaces.keepalive(tunnel, AddressFamily.IPV4, 0, other, INTERVAL_MS, 3));
        local(proxy, tunnel.routerId(), own);
        proxy.tables().addInterfaceAddress(7, id, AddressFamily.IPV4, 0, own, AddressUse.SOURCE);
        route(proxy, tunnel.routerId(), other, id, tunnel.tunnel().isEthernet() ? other : 0);
    }

    /** Packets cut and put together, and keepalives of each tunnel answered: the least. */
    static long min(StatisticsReader statistics) {
        long fragmented = statistics.answers(NEAR_CORE)[AnswerKind.FRAGMENTED.code()];
        long reassembled = statistics.answers(FAR_CORE)[AnswerKind.REASSEMBLED.code()];
        return Math.min(
                Math.min(fragmented, reassembled),
                Math.min(answered(statistics, PACKETS), answered(statistics, FRAMES)));
    }

    private static long answered(StatisticsReader statistics, int tunnel) {
        KeepaliveCounts counts = statistics.keepaliveCounts(tunnel);
        return counts.requests() - counts.lost();
    }
}

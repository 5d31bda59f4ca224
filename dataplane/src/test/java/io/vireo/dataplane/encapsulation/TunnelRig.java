package io.vireo.dataplane.encapsulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.HandDrivenDataplane;
import io.vireo.dataplane.TestFrames;
import io.vireo.dataplane.TestInterfaces;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.RouteKind;
import io.vireo.dataplane.wire.value.InterfaceSpec;
import io.vireo.dataplane.wire.value.NextHops;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Two virtual routers, of which one carries the other's tunnel.
 *
 * <pre>
 *   port 0 ── A  router 7  T ═══ within router 8 ═══ U ── port 1 ── gateway ── far end
 * </pre>
 */
final class TunnelRig implements AutoCloseable {
    static final int INNER = 7;
    static final int UNDERLAY = 8;
    static final int A = 10;
    static final int U = 11;
    static final int T = 12;

    static final long MAC_A = 0x020000000101L;
    static final long MAC_U = 0x020000000102L;
    static final long HOST = 0x02000000aa01L;
    static final long GATEWAY = 0x02000000aa02L;

    static final int LOCAL4 = 0xc0000201; // 192.0.2.1
    static final int REMOTE4 = 0xc0000202;
    static final long UNDERLAY6 = 0x20010db8_00ff0000L;
    static final int NEAR4 = 0x0a000102; // 10.0.1.2, behind port 0
    static final int FAR4 = 0x0a630001; // 10.99.0.1, behind the tunnel
    static final long NEAR6 = 0x20010db8_00010000L;
    static final long FAR6 = 0x20010db8_00020000L;

    /** Of an interface whose tunnel carries frames, and of the station at its far end. */
    static final long TUNNEL_MAC = 0x02000000bb01L;

    static final long FAR_MAC = 0x02000000bb02L;
    private static final int TUNNEL_GATEWAY4 = 0x0a09_0002;

    private static final int NO_ROUTER = -1;
    private static final long LINK_LOCAL = 0xfe80_0000_0000_0000L;

    final HandDrivenDataplane dataplane = new HandDrivenDataplane(1);
    private final TunnelKind kind;
    private final AddressFamily outer;
    private final Set<Integer> ethernetTunnels = new HashSet<>();

    /** Everything but the tunnel's route is there; it is IP in IP, and the outer packets are of this family. */
    TunnelRig(AddressFamily outer, List<byte[]> fromHost, List<byte[]> fromUnderlay) {
        this(TunnelKind.IPIP, outer, fromHost, fromUnderlay);
    }

    TunnelRig(TunnelKind kind, AddressFamily outer, List<byte[]> fromHost, List<byte[]> fromUnderlay) {
        this.kind = kind;
        this.outer = outer;
        dataplane.port(0, fromHost);
        dataplane.port(1, fromUnderlay);
        var proxy = dataplane.proxy;
        proxy.topology().addRouter(1, INNER, 101, 1_000_000, 1_000_000, "inner");
        proxy.topology().addRouter(2, UNDERLAY, 102, 1_000_000, 1_000_000, "underlay");
        proxy.topology().addInterface(3, TestInterfaces.access(A, INNER, 0, 0, MAC_A, 1500, "a"));
        proxy.topology()
                .addInterface(
                        4,
                        TestInterfaces.access(U, UNDERLAY, 1, 20, MAC_U, 1500, "u")
                                .takesLabels(true));
        addTunnel(T, INNER, 1, 2);
        route4(INNER, NEAR4 & 0xffffff00, 24, A, NEAR4);
        route6(INNER, NEAR6, A, LINK_LOCAL, 1);
        neighbours(A, NEAR4, 1, HOST);
        route4(INNER, FAR4 & 0xffff0000, 16, T, 0);
        route6(INNER, FAR6, T, 0, 0);
        local(UNDERLAY);
        neighbours(U, 0x0a000001, 2, GATEWAY);
        dataplane.settle();
    }

    /** A tunnel within the underlay router between its addresses with these last octets. */
    void addTunnel(int id, int router, int local, int remote) {
        addTunnel(id, router, UNDERLAY, local, remote);
    }

    void addTunnel(int id, int router, int underlay, int local, int remote) {
        add(spec(id, router, underlay, local, remote));
    }

    private void add(InterfaceSpec tunnel) {
        if (tunnel.tunnel().isEthernet()) {
            ethernetTunnels.add(tunnel.interfaceId());
        }
        dataplane.proxy.topology().addInterface(5, tunnel);
    }

    /** A tunnel of another kind, from the first one's address to one with this last octet. */
    void addTunnel(int id, int router, TunnelKind otherKind, int remote) {
        add(otherKind.of(ipIp(id, router, UNDERLAY, 1, remote)));
    }

    InterfaceSpec spec(int id, int router, int underlay, int local, int remote) {
        return kind.of(ipIp(id, router, underlay, local, remote));
    }

    private InterfaceSpec ipIp(int id, int router, int underlay, int local, int remote) {
        return outer == AddressFamily.IPV4
                ? TestInterfaces.tunnel(id, router, underlay, outer, 0, net4() | local, 0, net4() | remote, "t")
                : TestInterfaces.tunnel(id, router, underlay, outer, UNDERLAY6, local, UNDERLAY6, remote, "t");
    }

    private static long net4() {
        return LOCAL4 & 0xffffff00L;
    }

    private void local(int router) {
        dataplane
                .proxy
                .tables()
                .addRoute(6, router, AddressFamily.IPV4, 0, LOCAL4 & 0xffffffffL, 32, RouteKind.LOCAL, new NextHops());
        dataplane
                .proxy
                .tables()
                .addRoute(7, router, AddressFamily.IPV6, UNDERLAY6, 1, 128, RouteKind.LOCAL, new NextHops());
    }

    /** Routes the far ends' network by the gateway of an interface of the underlay. */
    void routeUnderlay(int interfaceId) {
        route4(UNDERLAY, LOCAL4 & 0xffffff00, 24, interfaceId, 0x0a000001);
        route6(UNDERLAY, UNDERLAY6, interfaceId, LINK_LOCAL, 2);
        dataplane.settle();
    }

    void route4(int router, int prefix, int length, int interfaceId, int gateway) {
        boolean isToStation = ethernetTunnels.contains(interfaceId);
        if (isToStation) {
            neighbours(interfaceId, TUNNEL_GATEWAY4, 2, FAR_MAC);
        }
        NextHops via = new NextHops().add(interfaceId, 0, (isToStation ? TUNNEL_GATEWAY4 : gateway) & 0xffffffffL, 1);
        dataplane
                .proxy
                .tables()
                .addRoute(8, router, AddressFamily.IPV4, 0, prefix & 0xffffffffL, length, RouteKind.UNICAST, via);
    }

    void route6(int router, long prefix, int interfaceId, long gatewayHigh, long gatewayLow) {
        boolean isToStation = ethernetTunnels.contains(interfaceId);
        if (isToStation) {
            neighbours(interfaceId, TUNNEL_GATEWAY4, 2, FAR_MAC);
        }
        NextHops via = isToStation
                ? new NextHops().add(interfaceId, LINK_LOCAL, 2, 1)
                : new NextHops().add(interfaceId, gatewayHigh, gatewayLow, 1);
        dataplane.proxy.tables().addRoute(9, router, AddressFamily.IPV6, prefix, 0, 48, RouteKind.UNICAST, via);
    }

    /** A host route by an interface itself. */
    void routeHost6(int router, long high, long low, int interfaceId) {
        NextHops via = new NextHops().add(interfaceId, 0, 0, 1);
        dataplane.proxy.tables().addRoute(9, router, AddressFamily.IPV6, high, low, 128, RouteKind.UNICAST, via);
    }

    void neighbours(int interfaceId, int address4, int address6, long mac) {
        dataplane.proxy.tables().addNeighbour(10, interfaceId, AddressFamily.IPV4, 0, address4 & 0xffffffffL, mac);
        dataplane.proxy.tables().addNeighbour(11, interfaceId, AddressFamily.IPV6, LINK_LOCAL, address6, mac);
    }

    /** What the far end of the tunnel sends, or receives, around a packet; the number identifies it among the tunnel's. */
    byte[] outer(byte[] inner, boolean isSentHere, int number) {
        byte[] header = kind.header(inner, number, isSentHere);
        return isSentHere
                ? outer(kind.protocol(inner), header, inner, 1, 2, number)
                : outer(kind.protocol(inner), header, inner, 2, 1, number);
    }

    /** As {@link #outer(byte[], boolean, int)}, of an ESP tunnel: the delivery header shows what it copies of the packet inside. */
    byte[] outerEsp(byte[] inner, byte[] esp, boolean isSentHere, int identification) {
        int protocol = kind.isEspInUdp() ? EspPeer.UDP : EspPeer.PROTOCOL;
        byte[] payload = kind.isEspInUdp() ? EspPeer.inUdp(esp) : esp;
        byte[] packet = isSentHere
                ? outer(protocol, payload, inner, 1, 2, identification)
                : outer(protocol, payload, inner, 2, 1, identification);
        byte[] whole = OuterPacket.withoutEnd(packet, inner.length);
        return kind.isEspInUdp() && outer == AddressFamily.IPV6 ? OuterPacket.withUdpChecksum(whole) : whole;
    }

    /** Around whatever a far end sends: between the underlay's addresses with these last octets. */
    byte[] outer(int protocol, byte[] header, byte[] inner, int source, int destination, int identification) {
        return outer == AddressFamily.IPV4
                ? kind.withOptions(OuterPacket.ipv4(
                        protocol, header, inner, (int) net4() | source, (int) net4() | destination, 64, identification))
                : OuterPacket.ipv6(protocol, header, inner, UNDERLAY6, source, UNDERLAY6, destination, 64);
    }

    /** A frame from the host to the inner router. */
    static byte[] fromHost(byte[] packet) {
        return TestFrames.ethernet(MAC_A, HOST, type(packet), packet);
    }

    /** A frame from the gateway to the underlay. */
    static byte[] fromGateway(byte[] packet) {
        return TestFrames.tagged(MAC_U, GATEWAY, 20, type(packet), packet);
    }

    /** A frame from the underlay to the gateway. */
    static byte[] toGateway(byte[] packet) {
        return TestFrames.tagged(GATEWAY, MAC_U, 20, type(packet), packet);
    }

    /** A frame from the inner router to the host. */
    static byte[] toHost(byte[] packet) {
        return TestFrames.ethernet(HOST, MAC_A, type(packet), packet);
    }

    static int type(byte[] packet) {
        return packet[0] >> 4 == 4 ? 0x0800 : 0x86dd;
    }

    /** A packet from the host to what is behind the tunnel, with another payload and traffic class for each number. */
    static byte[] toFar(boolean isIpv4, int hopLimit, int number) {
        return isIpv4 ? ipv4(NEAR4, FAR4, hopLimit, number) : ipv6(NEAR6, FAR6, hopLimit, number);
    }

    /** The way back. */
    static byte[] toNear(boolean isIpv4, int hopLimit, int number) {
        return isIpv4 ? ipv4(FAR4, NEAR4, hopLimit, number) : ipv6(FAR6, NEAR6, hopLimit, number);
    }

    /** A copy with these ECN bits. */
    static byte[] withEcn(byte[] packet, int ecn) {
        byte[] changed = packet.clone();
        if (packet[0] >> 4 == 4) {
            changed[1] = (byte) ((packet[1] & 0xfc) | ecn);
            TestFrames.fixChecksum(changed);
        } else {
            changed[1] = (byte) ((packet[1] & 0xcf) | (ecn << 4));
        }
        return changed;
    }

    /** A packet on the way back of which a few bytes of the header may be anything, and which may be cut off. */
    static byte[] hostile(Random random) {
        byte[] packet = toNear(random.nextBoolean(), random.nextInt(256), random.nextInt(200));
        for (int flips = random.nextInt(4); flips > 0; flips--) {
            packet[random.nextInt(Math.min(packet.length, 40))] = (byte) random.nextInt();
        }
        return random.nextInt(3) == 0 ? TestFrames.resized(packet, random.nextInt(60)) : packet;
    }

    /** Each of so many frames was forwarded, dropped for a reason, or punted, and no buffer was kept. */
    void assertAccounted(int frames) {
        var statistics = dataplane.statistics();
        long dropped = 0;
        for (int router : new int[] {NO_ROUTER, INNER, UNDERLAY}) {
            for (long count : statistics.drops(router)) {
                dropped += count;
            }
        }
        long forwarded =
                statistics.portCounts(0).txPackets() + statistics.portCounts(1).txPackets();
        assertThat(forwarded).isPositive();
        assertThat(dropped).isPositive();
        assertThat(forwarded + dropped + dataplane.punts.frames.size()).isEqualTo(frames);
        assertThat(dataplane.buffersInUse()).isZero();
    }

    private static byte[] ipv4(int source, int destination, int ttl, int number) {
        byte[] packet = TestFrames.ipv4(source, destination, ttl, 20 + number);
        packet[1] = (byte) (number * 7);
        packet[6] = (byte) (number % 2 == 0 ? 0x40 : 0);
        TestFrames.fixChecksum(packet, 20);
        return packet;
    }

    private static byte[] ipv6(long source, long destination, int hopLimit, int number) {
        byte[] packet = TestFrames.ipv6(source, 5, destination, 6, 17, hopLimit, 20 + number);
        packet[0] = (byte) (0x60 | (number & 0xf));
        packet[1] = (byte) (number << 4 | 3);
        return packet;
    }

    @Override
    public void close() {
        dataplane.close();
    }
}

package io.vireo.dataplane.encapsulation;

import io.vireo.dataplane.HandDrivenDataplane;
import io.vireo.dataplane.RecordedCaptures;
import io.vireo.dataplane.TestFrames;
import io.vireo.dataplane.TestInterfaces;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.AddressUse;
import io.vireo.dataplane.wire.code.Encapsulation;
import io.vireo.dataplane.wire.code.EspAlgorithm;
import io.vireo.dataplane.wire.code.RouteKind;
import io.vireo.dataplane.wire.counters.KeepaliveCounts;
import io.vireo.dataplane.wire.value.InterfaceSpec;
import io.vireo.dataplane.wire.value.NextHops;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A tunnel between two routers of one data plane, over two others that are linked.
 *
 * <pre>
 *   router 1  T ═══ within router 2 ── link ── router 3 ═══ FAR  router 4
 * </pre>
 */
final class KeepaliveRig implements AutoCloseable {
    static final int INTERVAL_MS = 100;

    private static final int NEAR = 1;
    private static final int NEAR_CORE = 2;
    private static final int FAR_CORE = 3;
    private static final int FAR = 4;
    private static final int T = 11;
    private static final int NEAR_LINK = 12;
    private static final int FAR_LINK = 13;
    private static final int FAR_T = 14;
    private static final long LOCAL = 0xc0000201L;
    private static final long REMOTE = 0xc0000202L;
    private static final long INSIDE4 = 0x0a010000L;
    private static final long INSIDE6 = 0x20010db8_00100000L;
    private static final int SPI = 0x1234;

    final HandDrivenDataplane dataplane = new HandDrivenDataplane(1);
    private final TunnelKind kind;
    private final AddressFamily target;
    private final int misses;
    private long ticket;

    /** @param target of the echo requests. */
    KeepaliveRig(TunnelKind kind, AddressFamily target, int misses) {
        this.kind = kind;
        this.target = target;
        this.misses = misses;
        var topology = dataplane.proxy.topology();
        for (int router : new int[] {NEAR, NEAR_CORE, FAR_CORE, FAR}) {
            topology.addRouter(1, router, 100 + router, 1_000_000, 1_000_000, "r" + router);
        }
        topology.addInterface(2, TestInterfaces.link(NEAR_LINK, NEAR_CORE, FAR_LINK, mac(NEAR_LINK), 1500, "near"));
        topology.addInterface(3, TestInterfaces.link(FAR_LINK, FAR_CORE, NEAR_LINK, mac(FAR_LINK), 1500, "far"));
        cross(NEAR_CORE, NEAR_LINK, FAR_LINK, LOCAL, REMOTE);
        cross(FAR_CORE, FAR_LINK, NEAR_LINK, REMOTE, LOCAL);
        add();
        setFarMac(mac(FAR_T));
        inside(FAR, FAR_T, 2);
        key(FAR_T);
        dataplane.proxy.startCapture(17, 1, T, -1, 2000, 100);
        dataplane.settle();
    }

    /** Adds the far end of the tunnel, or gives it another MAC address. */
    void setFarMac(long mac) {
        dataplane
                .proxy
                .topology()
                .addInterface(
                        5,
                        kind.of(tunnel(FAR_T, FAR, FAR_CORE, REMOTE, LOCAL)).mac(kind.isEthernet() ? mac : mac(FAR_T)));
    }

    /** Adds the near end of the tunnel. */
    void add() {
        InterfaceSpec near = kind.of(tunnel(T, NEAR, NEAR_CORE, LOCAL, REMOTE)).mac(mac(T));
        long high = target == AddressFamily.IPV4 ? 0 : INSIDE6;
        dataplane
                .proxy
                .topology()
                .addInterface(6, TestInterfaces.keepalive(near, target, high, inside(2), INTERVAL_MS, misses));
        inside(NEAR, T, 1);
        key(T);
        dataplane.settle();
    }

    void remove() {
        dataplane.proxy.topology().removeInterface(7, T);
        dataplane.settle();
    }

    private static long mac(int interfaceId) {
        return 0x020000000000L + interfaceId;
    }

    private long inside(int host) {
        return target == AddressFamily.IPV4 ? INSIDE4 + host : host;
    }

    private static InterfaceSpec tunnel(int id, int router, int underlay, long source, long destination) {
        return TestInterfaces.tunnel(id, router, underlay, AddressFamily.IPV4, 0, source, 0, destination, "t" + id);
    }

    /** A core router knows its own address, and the other's behind the link. */
    private void cross(int router, int link, int otherLink, long own, long other) {
        var tables = dataplane.proxy.tables();
        tables.addRoute(8, router, AddressFamily.IPV4, 0, own, 32, RouteKind.LOCAL, new NextHops());
        NextHops via = new NextHops().add(link, 0, other, 1);
        tables.addRoute(9, router, AddressFamily.IPV4, 0, other, 32, RouteKind.UNICAST, via);
        tables.addNeighbour(10, link, AddressFamily.IPV4, 0, other, mac(otherLink));
    }

    private void inside(int router, int tunnel, int host) {
        var tables = dataplane.proxy.tables();
        long high = target == AddressFamily.IPV4 ? 0 : INSIDE6;
        int length = target == AddressFamily.IPV4 ? 32 : 128;
        tables.addRoute(11, router, target, high, inside(host), length, RouteKind.LOCAL, new NextHops());
        tables.addInterfaceAddress(12, tunnel, target, high, inside(host), AddressUse.SOURCE);
        NextHops via = kind.isEthernet()
                ? new NextHops().add(tunnel, high, inside(3 - host), 1)
                : new NextHops().add(tunnel, 0, 0, 1);
        tables.addRoute(13, router, target, high, inside(3 - host), length, RouteKind.UNICAST, via);
        if (kind.isEthernet() && tunnel == FAR_T) { // the near end must find out by itself
            tables.addNeighbour(18, tunnel, target, high, inside(3 - host), mac(T));
        }
    }

    /** Both directions have the same key: the two ends never send by one association. */
    private void key(int tunnel) {
        if (kind.encapsulation() == Encapsulation.ESP) {
            for (boolean isOutbound : new boolean[] {true, false}) {
                int spi = (tunnel == T) == isOutbound ? SPI : SPI + 1;
                EspPeer peer = EspPeer.random(EspAlgorithm.AES_GCM_128, true, spi);
                dataplane
                        .proxy
                        .keys()
                        .addSecurityAssociation(
                                14, peer.spec(tunnel, isOutbound, dataplane.memory.incarnation(), ++ticket));
            }
        }
    }

    /** Lets the workers run so much later. */
    void after(long ns) {
        dataplane.advance(ns);
        dataplane.run();
    }

    /** Cuts the link between the two cores, or joins it again. */
    void cut(boolean isCut) {
        dataplane.proxy.topology().setInterfaceState(15, NEAR_LINK, !isCut);
        dataplane.settle();
    }

    void takeAddress() {
        dataplane
                .proxy
                .tables()
                .removeInterfaceAddress(16, T, target, target == AddressFamily.IPV4 ? 0 : INSIDE6, inside(1));
        dataplane.settle();
    }

    KeepaliveCounts counts() {
        return dataplane.statistics().keepaliveCounts(T);
    }

    /** What the far end would answer the last request with: of IPv4. */
    byte[] lastRequestAsReply() {
        byte[] frame = dataplane.captures.all.stream()
                .map(RecordedCaptures.Captured::frame)
                .filter(each -> each[each.length - 24] == 8)
                .reduce((one, next) -> next)
                .orElseThrow();
        byte[] packet = Arrays.copyOfRange(frame, frame.length - 44, frame.length);
        System.arraycopy(packet, 16, packet, 12, 4);
        System.arraycopy(frame, frame.length - 44 + 12, packet, 16, 4);
        packet[20] = 0;
        return withChecksums(packet);
    }

    /** A copy of an ICMP message within IPv4 whose checksums are right. */
    static byte[] withChecksums(byte[] packet) {
        byte[] changed = packet.clone();
        TestFrames.fixChecksum(changed);
        changed[22] = 0;
        changed[23] = 0;
        int sum = 0;
        for (int n = 20; n < changed.length; n++) {
            sum += (changed[n] & 0xff) << (n % 2 == 0 ? 8 : 0);
        }
        sum = (sum & 0xffff) + (sum >> 16);
        sum = ~((sum & 0xffff) + (sum >> 16));
        changed[22] = (byte) (sum >> 8);
        changed[23] = (byte) sum;
        return changed;
    }

    /** Sends an IPv4 packet out of the far end. */
    void fromFarEnd(byte[] packet) {
        byte[] frame = TestFrames.ethernet(mac(FAR_T), mac(FAR_T), 0x0800, packet);
        while (!dataplane.injectWriter(0).inject(FAR_T, new UnsafeBuffer(frame), 0, frame.length)) {
            dataplane.run();
        }
    }

    @Override
    public void close() {
        dataplane.close();
    }
}

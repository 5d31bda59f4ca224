package io.vireo.dataplane.encapsulation;

import io.vireo.dataplane.HandDrivenDataplane;
import io.vireo.dataplane.RingWire;
import io.vireo.dataplane.TestFrames;
import io.vireo.dataplane.TestInterfaces;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.RouteKind;
import io.vireo.dataplane.wire.value.LabelSpec;
import io.vireo.dataplane.wire.value.NextHops;
import java.util.ArrayList;
import java.util.List;

/**
 * A label-switching router, and a VPN's on the same node.
 *
 * <pre>
 *   port 0 ── IN  router 8  OUT ── port 1 ── neighbours 1 and 2
 *                 router 7  VPN ── port 2 ── host
 * </pre>
 */
final class LabelRig implements AutoCloseable {
    static final int VPN_ROUTER = 7;
    static final int ROUTER = 8;
    static final int IN = 10;
    static final int OUT = 11;
    static final int VPN = 12;

    static final long MAC_IN = 0x020000000101L;
    static final long MAC_OUT = 0x020000000102L;
    static final long MAC_VPN = 0x020000000103L;
    static final long BEFORE = 0x02000000aa00L;
    static final long HOST = 0x02000000aa03L;

    static final int MTU = 1500;
    private static final int PORTS = 3;
    static final int TYPE = 0x8847;
    private static final int NET_OUT = 0x0a000100; // 10.0.1.0
    private static final long NEIGHBOUR_MAC = 0x02000000bb00L;

    /** Within it hosts are behind OUT in the one router, and behind VPN in the other. */
    static final int NETWORK = 0x0a630000; // 10.99.0.0/16

    final HandDrivenDataplane dataplane = new HandDrivenDataplane(1);
    private final List<RingWire> wires = new ArrayList<>();

    /** With frames that come by port 0. */
    LabelRig(List<byte[]> frames) {
        dataplane.port(0, frames);
        dataplane.port(1);
        dataplane.port(2);
        build();
    }

    /** With {@link #wires}. */
    LabelRig() {
        for (int port = 0; port < PORTS; port++) {
            wires.add(dataplane.wire(port));
        }
        build();
    }

    /** To each of the ports. */
    List<RingWire> wires() {
        return wires;
    }

    private void build() {
        var proxy = dataplane.proxy;
        proxy.topology().addRouter(1, VPN_ROUTER, 101, 1_000_000, 1_000_000, "vpn");
        proxy.topology().addRouter(2, ROUTER, 102, 1_000_000, 1_000_000, "p");
        proxy.topology()
                .addInterface(
                        3,
                        TestInterfaces.access(IN, ROUTER, 0, 0, MAC_IN, MTU, "in")
                                .takesLabels(true));
        proxy.topology().addInterface(4, TestInterfaces.access(OUT, ROUTER, 1, 20, MAC_OUT, MTU, "out"));
        proxy.topology().addInterface(5, TestInterfaces.access(VPN, VPN_ROUTER, 2, 0, MAC_VPN, MTU, "v"));
        for (int n = 1; n <= 2; n++) {
            proxy.tables().addNeighbour(6, OUT, AddressFamily.IPV4, 0, NET_OUT | n, mac(n));
        }
        proxy.tables().addNeighbour(7, VPN, AddressFamily.IPV4, 0, NET_OUT | 3, HOST);
        route(ROUTER, via(1));
        route(VPN_ROUTER, new NextHops().add(VPN, 0, NET_OUT | 3, 1));
        dataplane.settle();
    }

    /** A route of the router to a network of 10/8 or of 2001:db8::/32. */
    void route(AddressFamily family, long high, long low, int length, NextHops via) {
        dataplane.proxy.tables().addRoute(8, ROUTER, family, high, low, length, RouteKind.UNICAST, via);
        dataplane.settle();
    }

    private void route(int router, NextHops via) {
        dataplane
                .proxy
                .tables()
                .addRoute(8, router, AddressFamily.IPV4, 0, NETWORK & 0xffff_ffffL, 16, RouteKind.UNICAST, via);
    }

    /** Of a neighbour behind port 1. */
    static long mac(int neighbour) {
        return NEIGHBOUR_MAC | neighbour;
    }

    /** By neighbours behind port 1. */
    static NextHops via(int... neighbours) {
        NextHops hops = new NextHops();
        for (int neighbour : neighbours) {
            hops.add(OUT, 0, NET_OUT | neighbour, 1);
        }
        return hops;
    }

    static LabelSpec label(int label) {
        return new LabelSpec().of(ROUTER, label).uniform(true);
    }

    /** A label that others take the place of, the outermost first. */
    static LabelSpec swap(int label, int... out) {
        LabelSpec spec = label(label);
        for (int next : out) {
            spec.push(next);
        }
        return spec;
    }

    void add(LabelSpec spec, NextHops via) {
        dataplane.proxy.labels().addLabel(9, spec, via);
        dataplane.settle();
    }

    void add(LabelSpec spec) {
        add(spec, NextHops.NONE);
    }

    /** A frame as it comes. */
    static byte[] frame(byte[]... parts) {
        return TestFrames.ethernet(MAC_IN, BEFORE, TYPE, join(parts));
    }

    /** A frame as it leaves to a neighbour. */
    static byte[] sent(int neighbour, byte[]... parts) {
        return TestFrames.tagged(mac(neighbour), MAC_OUT, 20, TYPE, join(parts));
    }

    /** A packet as it leaves to a neighbour. */
    static byte[] sentPacket(int neighbour, byte[] packet) {
        int type = packet[0] >> 4 == 4 ? 0x0800 : 0x86dd;
        return TestFrames.tagged(mac(neighbour), MAC_OUT, 20, type, packet);
    }

    static byte[] join(byte[]... parts) {
        byte[] all = new byte[0];
        for (byte[] part : parts) {
            all = GrePacket.with(all, part);
        }
        return all;
    }

    static byte[] entry(int label, boolean isBottom, int ttl) {
        return MplsPacket.entry(label, 5, isBottom, ttl);
    }

    /** A packet to a host of {@link #NETWORK}. */
    static byte[] packet(int ttl) {
        return TestFrames.ipv4(0x0a000501, NETWORK | 1, ttl, 40);
    }

    @Override
    public void close() {
        dataplane.close();
    }
}

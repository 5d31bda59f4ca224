package io.vireo.dataplane;

import io.vireo.dataplane.encapsulation.GrePacket;
import io.vireo.dataplane.encapsulation.MplsPacket;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.RouteKind;
import io.vireo.dataplane.wire.command.DataplaneProxy;
import io.vireo.dataplane.wire.value.InterfaceSpec;
import io.vireo.dataplane.wire.value.LabelSpec;
import io.vireo.dataplane.wire.value.NextHops;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The labels of {@link AllocationProbe}: tunnels in GRE, to 10.207/16, and on a link, to 10.206/16, a route, to 10.205/16, and the router's
 * own.
 */
final class LabelledProbe {
    static final int IN_GRE = 14;
    static final int ON_LINK = 15;

    private static final int LABEL = 1234;
    private static final int SWAPPED = 2001;
    private static final int POPPED = 2002;
    private static final int LOCAL = 2003;
    /** To 10.205/16. */
    private static final int PUSHED = 0x0acd0000;

    private static final long MAC = 0x020000000101L;
    private static final long HOST = 0x02000000aa01L;

    private LabelledProbe() {}

    /** Frames out of both tunnels and into them. */
    static void add(List<byte[]> frames, int number, byte[] plain, byte[] tunnelled) {
        frames.add(TestFrames.ethernet(MAC, HOST, 0x0800, TestFrames.ipv4(0x0a000102 + number, 0x0acf0001, 64, 22)));
        frames.add(TestFrames.ethernet(MAC, HOST, 0x0800, TestFrames.ipv4(0x0a000102 + number, 0x0ace0001, 64, 22)));
        frames.add(TestFrames.ethernet(MAC, HOST, 0x0800, TestFrames.ipv4(0x0a000102 + number, PUSHED | 1, 64, 22)));
        frames.add(TestFrames.ethernet(MAC, HOST, 0x8847, GrePacket.with(entry(number), plain)));
        frames.add(TestFrames.ethernet(MAC, HOST, 0x0800, tunnelled));
        for (int label = SWAPPED; label <= LOCAL; label++) {
            byte[] stack = GrePacket.with(MplsPacket.entry(label, number % 8, label == POPPED, 64), plain);
            byte[] deeper = GrePacket.with(MplsPacket.entry(label, 0, false, 2), GrePacket.with(entry(number), plain));
            frames.add(TestFrames.ethernet(MAC, HOST, 0x8847, label == LOCAL ? deeper : stack));
        }
    }

    /** What GRE carries to the first tunnel. */
    static byte[] inGre(int number, byte[] plain) {
        return GrePacket.with(MplsPacket.gre(entry(number)), plain);
    }

    private static byte[] entry(int number) {
        return MplsPacket.entry(LABEL, number % 8, true, 64);
    }

    /** The interfaces 0 to 3, on two ports, of which the untagged ones let labels in. */
    static void buildAccess(DataplaneProxy proxy, int router, long mac) {
        for (int port = 0; port < 2; port++) {
            InterfaceSpec untagged = TestInterfaces.access(2 * port, router, port, 0, mac, 1500, "a");
            proxy.topology().addInterface(3, untagged.takesLabels(true));
            proxy.topology().addInterface(4, TestInterfaces.access(2 * port + 1, router, port, 20, mac, 1500, "b"));
        }
    }

    static void build(DataplaneProxy proxy, int router, IntFunction<InterfaceSpec> tunnel, int modes) {
        build(
                proxy,
                router,
                TestInterfaces.mplsInGre(tunnel.apply(IN_GRE).tunnelModes(modes), LABEL, LABEL),
                0x0acf0000);
        NextHops via = new NextHops().add(2, 0, 0x0a000202, 1);
        NextHops pushing = new NextHops().copyFrom(via).push(3003, 255).push(3004, NextHops.UNIFORM_TTL);
        proxy.tables().addRoute(10, router, AddressFamily.IPV4, 0, PUSHED, 16, RouteKind.UNICAST, pushing);
        LabelSpec spec = new LabelSpec();
        proxy.labels()
                .addLabel(10, spec.of(router, SWAPPED).push(3001).push(3002).push(0), via);
        proxy.labels().addLabel(10, spec.of(router, POPPED).uniform(true), via);
        proxy.labels().addLabel(10, spec.of(router, LOCAL).uniform(true).local(0), NextHops.NONE);
        build(proxy, router, TestInterfaces.mpls(tunnel.apply(ON_LINK).tunnelModes(modes), LABEL, LABEL), 0x0ace0000);
    }

    private static void build(DataplaneProxy proxy, int router, InterfaceSpec spec, int prefix) {
        NextHops via = new NextHops().add(spec.interfaceId(), 0, 0, 1);
        proxy.topology().addInterface(10, spec);
        proxy.tables().addRoute(10, router, AddressFamily.IPV4, 0, prefix, 16, RouteKind.UNICAST, via);
    }
}

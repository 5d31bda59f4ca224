package io.vireo.dataplane;

import io.vireo.dataplane.wire.AddressFamily;
import io.vireo.dataplane.wire.NextHops;
import io.vireo.dataplane.wire.RouteKind;
import io.vireo.dataplane.worker.Worker;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * How fast one worker forwards: two net_pcap ports that deliver the same 64-byte frames for ever, no other thread. A tool for
 * whoever changes the path; the figures that count are those of {@code vireo bench forward}. Arguments: routers, seconds.
 */
final class PathSpeed {
    private static final int ROUTES_PER_ROUTER = 16;
    private static final int FRAMES = 1000;
    private static final long HOST = 0x02000000aa01L;
    private static final long MAC = 0x020000000101L;

    /** Processor time and not the clock's, so that a busy machine disturbs less. */
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

    private PathSpeed() {}

    public static void main(final String[] arguments) {
        final int routers = Integer.parseInt(arguments[0]);
        final int seconds = Integer.parseInt(arguments[1]);
        try (HandDrivenDataplane dataplane = new HandDrivenDataplane(1, 2 * routers + 8)) {
            dataplane.endlessPort(0, frames(routers));
            dataplane.endlessPort(1, frames(routers));
            configure(dataplane, routers);
            for (int second = 0; second < seconds; second++) {
                System.out.printf("%.2f Mpps%n", second(dataplane));
            }
        }
    }

    private static List<byte[]> frames(final int routers) {
        final Random random = new Random(1);
        final List<byte[]> frames = new ArrayList<>();
        for (int i = 0; i < Math.max(FRAMES, routers); i++) {
            final int destination = 0x0a000000 | random.nextInt(ROUTES_PER_ROUTER) << 8 | 5;
            final byte[] packet = Frames.ipv4(0x0b000001, destination, 64, 22);
            frames.add(
                    routers == 1
                            ? Frames.ethernet(MAC, HOST, 0x0800, Frames.resized(packet, 46))
                            : Frames.tagged(MAC, HOST, 1 + i % routers, 0x0800, packet));
        }
        Collections.shuffle(frames, random);
        return frames;
    }

    private static void configure(final HandDrivenDataplane dataplane, final int routers) {
        final var proxy = dataplane.proxy;
        for (int r = 0; r < routers; r++) {
            final int vlan = routers == 1 ? 0 : r + 1;
            proxy.addRouter(1, r, r + 1, 1000, 100, "r");
            proxy.addAccessInterface(2, 2 * r, r, 0, vlan, MAC, 1500, "a");
            proxy.addAccessInterface(3, 2 * r + 1, r, 1, vlan, MAC, 1500, "b");
            for (int n = 0; n < ROUTES_PER_ROUTER; n++) {
                final NextHops via = new NextHops().add(2 * r + n % 2, 0, 0x0c000001, 1);
                proxy.addRoute(4, r, AddressFamily.IPV4, 0, 0x0a000000L | n << 8, 24, RouteKind.UNICAST, via);
            }
            proxy.addNeighbour(5, 2 * r, AddressFamily.IPV4, 0, 0x0c000001, HOST);
            proxy.addNeighbour(6, 2 * r + 1, AddressFamily.IPV4, 0, 0x0c000001, HOST);
            dataplane.settle();
        }
    }

    private static double second(final HandDrivenDataplane dataplane) {
        final Worker worker = dataplane.workers.getFirst();
        final long before = sent(dataplane);
        final long startNs = CPU.getCurrentThreadCpuTime();
        long nowNs = startNs;
        while (nowNs - startNs < 1_000_000_000L) {
            for (int i = 0; i < 1000; i++) {
                worker.doWork(nowNs);
            }
            nowNs = CPU.getCurrentThreadCpuTime();
        }
        return (sent(dataplane) - before) * 1e3 / (nowNs - startNs);
    }

    private static long sent(final HandDrivenDataplane dataplane) {
        return dataplane.statistics().portCounts(0).txPackets()
                + dataplane.statistics().portCounts(1).txPackets();
    }
}

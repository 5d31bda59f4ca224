package io.vireo.bench.forward;

import io.vireo.bench.tables.InternetTable;
import io.vireo.bench.tables.Ipv4Routes;
import io.vireo.bench.tables.Ipv6Routes;
import io.vireo.dataplane.wire.code.AddressFamily;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What Vireo is to do.
 *
 * @param name for the report
 * @param topology its virtual routers
 * @param routes all of them
 * @param flows the packets offered, in the order in which they come
 * @param scheduling how it sends
 * @param tunnelling whether the packets go through a tunnel
 */
public record Workload(
        String name,
        Topology topology,
        List<WorkloadRoute> routes,
        List<Flow> flows,
        Scheduling scheduling,
        Tunnelling tunnelling) {
    /** Destinations when they are spread over the whole Internet: more than any cache of routes holds. */
    private static final int SPREAD = 32_768;

    /** How packets leave. */
    public enum Scheduling {
        /** First in, first out. */
        NONE,
        /** By a class for each router's interface, on a port with a rate that it never reaches. */
        CLASSES
    }

    /** Virtual routers with a route each; one router has all. */
    public static Workload small(String name, int routers, int flows, AddressFamily family) {
        return small(name, new Topology(routers), flows, family);
    }

    /** The same, where they are on such ports. */
    static Workload small(String name, Topology topology, int flows, AddressFamily family) {
        int routers = topology.routers();
        return new Workload(
                name,
                topology,
                IntStream.range(0, flows)
                        .mapToObj(n -> WorkloadRoute.own(n, n % routers, family))
                        .toList(),
                IntStream.range(0, flows)
                        .mapToObj(n -> Flow.own(n, n % routers, family))
                        .toList(),
                Scheduling.NONE,
                new NoTunnel());
    }

    /** One router with the full IPv4 table, packets to routes picked at random. */
    public static Workload fullIpv4(String name, InternetTable table) {
        Ipv4Routes routes = table.ipv4();
        Random random = new Random(InternetTable.SEED);
        List<WorkloadRoute> all = new ArrayList<>(routes.count());
        for (int i = 0; i < routes.count(); i++) {
            long prefix = Integer.toUnsignedLong(routes.prefixes()[i]);
            all.add(new WorkloadRoute(
                    0, AddressFamily.IPV4, 0, prefix, routes.lengths()[i], neighbour(routes.nextHops()[i])));
        }
        List<Flow> flows = new ArrayList<>(SPREAD);
        while (flows.size() < SPREAD) {
            int address = routes.address(random.nextInt(routes.count()), random.nextInt());
            flows.add(new Flow(0, AddressFamily.IPV4, 0, Integer.toUnsignedLong(address)));
        }
        return new Workload(name, new Topology(1), all, flows, Scheduling.NONE, new NoTunnel());
    }

    /** One router with the full IPv6 table, packets to routes picked at random. */
    public static Workload fullIpv6(String name, InternetTable table) {
        Ipv6Routes routes = table.ipv6();
        Random random = new Random(InternetTable.SEED);
        List<WorkloadRoute> all = new ArrayList<>(routes.count());
        for (int i = 0; i < routes.count(); i++) {
            all.add(new WorkloadRoute(
                    0,
                    AddressFamily.IPV6,
                    routes.his()[i],
                    routes.los()[i],
                    routes.lengths()[i],
                    neighbour(routes.nextHops()[i])));
        }
        List<Flow> flows = new ArrayList<>(SPREAD);
        while (flows.size() < SPREAD) {
            int route = random.nextInt(routes.count());
            flows.add(new Flow(
                    0,
                    AddressFamily.IPV6,
                    routes.addressHi(route, random.nextLong()),
                    routes.addressLo(route, random.nextLong())));
        }
        return new Workload(name, new Topology(1), all, flows, Scheduling.NONE, new NoTunnel());
    }

    /** The same, sent by classes. */
    public Workload scheduled(String otherName) {
        return new Workload(otherName, topology, routes, flows, Scheduling.CLASSES, tunnelling);
    }

    private static int neighbour(int nextHop) {
        return nextHop % Topology.NEIGHBOURS;
    }

    /** The virtual router that has the interface that a router of the topology receives by. */
    int receivingRouter(int router) {
        return tunnelling.routers(router).getFirst();
    }

    /** The virtual router that has the interface that a router of the topology sends by. */
    int sendingRouter(int router) {
        return tunnelling.routers(router).getLast();
    }

    /** The frames that a port is offered; the packets in them, or those in their outer packets, have these frame lengths in turn. */
    public List<byte[]> frames(int port, FrameSizes sizes) {
        List<byte[]> frames = new ArrayList<>();
        // Each flow once with each length, so that lengths and flows do not go in step.
        for (int round = 0; round < sizes.bytes().size(); round++) {
            int n = round;
            for (Flow flow : flows) {
                if (topology.port(flow.router()) == port) {
                    int vlan = topology.ingressVlan(flow.router());
                    byte[] packet = FlowFrames.packet(flow, sizes.withoutFcs(n++) - FlowFrames.TAGGED_HEADER_BYTES);
                    frames.add(FlowFrames.tagged(tunnelling.offered(packet), vlan));
                }
            }
        }
        return frames;
    }

    /** What all the packets are like once they are forwarded, outside of any tunnel. */
    Set<ByteBuffer> forwardedPackets(FrameSizes sizes) {
        Set<ByteBuffer> packets = new HashSet<>();
        for (int bytes : sizes.bytes()) {
            for (Flow flow : flows) {
                int packetBytes = bytes - FrameSizes.FCS_BYTES - FlowFrames.TAGGED_HEADER_BYTES;
                packets.add(ByteBuffer.wrap(FlowFrames.forwarded(FlowFrames.packet(flow, packetBytes))));
            }
        }
        return packets;
    }
}

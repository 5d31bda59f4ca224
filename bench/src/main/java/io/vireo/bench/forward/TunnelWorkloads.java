package io.vireo.bench.forward;

import io.vireo.bench.forward.tunnel.OuterIpv4;
import io.vireo.bench.forward.tunnel.TunnelKind;
import io.vireo.bench.forward.tunnel.TunnelKinds;
import io.vireo.dataplane.wire.code.AddressFamily;
import java.util.ArrayList;
import java.util.List;

/** Packets that go through tunnels, behind labels, or by virtual links of the substrate: one router, and what it needs for them. */
final class TunnelWorkloads {
    /** Part of the name of what goes through both ends of a tunnel. */
    static final String BOTH_ENDS = "both ends";

    /** Which neighbour leads to a tunnel's far end: another one than a flow's. */
    static final int FAR_END_NEIGHBOUR = 5;

    private TunnelWorkloads() {}

    /** All that is measured. */
    static List<Workload> all(int flows) {
        List<Workload> all = new ArrayList<>();
        for (TunnelKind kind : TunnelKinds.all()) {
            all.add(encapsulation(kind, flows));
            all.add(decapsulation(kind, flows));
        }
        all.add(encapsulation(TunnelKinds.keptAlive(), flows));
        all.add(labels("MPLS, swap", false, flows));
        all.add(labels("MPLS, pop before the last router", true, flows));
        all.add(virtualLink("virtual link, encapsulation", false, true, flows));
        all.add(virtualLink("virtual link, decapsulation", true, false, flows));
        all.add(virtualLink("virtual link, crossing", true, true, flows));
        return all;
    }

    /** A label for each flow, which comes before a packet: another one takes its place, or it is taken off (RFC 3031 §3.16). */
    static Workload labels(String name, boolean pops, int flows) {
        return of(name, List.of(), flows, new LabelSwitching(pops, flows));
    }

    /** Packets that come by a virtual link of the substrate, leave by one, or cross the node by two of them. */
    static Workload virtualLink(String name, boolean arrives, boolean leaves, int flows) {
        return leaves
                ? of(name, List.of(), flows, new OverSubstrate(arrives, true, routes(flows)))
                : of(name, routes(flows), flows, new OverSubstrate(arrives, false, List.of()));
    }

    private static Workload of(String name, List<WorkloadRoute> routes, int flows, Tunnelling tunnelling) {
        Workload plain = plain(flows);
        return new Workload(name, plain.topology(), routes, plain.flows(), Workload.Scheduling.NONE, tunnelling);
    }

    /** What all of them have but for the tunnel: one router with a route for each flow. */
    private static Workload plain(int flows) {
        return Workload.small("no tunnel", 1, flows, AddressFamily.IPV4);
    }

    private static List<WorkloadRoute> routes(int flows) {
        return plain(flows).routes();
    }

    /** Packets into a tunnel: a router with a route into it for each flow, and the underlay router with one to its far end. */
    static Workload encapsulation(TunnelKind kind, int flows) {
        return of(
                kind.title() + ", encapsulation",
                List.of(toFarEnd(FAR_END_NEIGHBOUR)),
                flows,
                new IntoTunnel(kind, routes(flows)));
    }

    /** The way to a tunnel's far end. */
    static WorkloadRoute toFarEnd(int neighbour) {
        return new WorkloadRoute(0, AddressFamily.IPV4, 0, OuterIpv4.REMOTE, Integer.SIZE, neighbour);
    }

    /**
     * Packets out of a tunnel, into a router with a route for each flow; what is offered is longer by what is around them. A kind that
     * takes no packet twice is measured there and back instead.
     */
    static Workload decapsulation(TunnelKind kind, int flows) {
        List<WorkloadRoute> routes = routes(flows);
        return kind.isRepeatable()
                ? of(kind.title() + ", decapsulation", routes, flows, new OutOfTunnel(kind))
                : of(kind.title() + ", " + BOTH_ENDS, routes, flows, new ThroughTunnel(kind, routes));
    }
}

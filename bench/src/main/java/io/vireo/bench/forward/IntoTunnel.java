package io.vireo.bench.forward;

import io.vireo.bench.forward.tunnel.OuterIpv4;
import io.vireo.bench.forward.tunnel.TunnelKind;
import io.vireo.bench.report.NotMeasuredException;
import io.vireo.dataplane.wire.counters.StatisticsReader;
import io.vireo.dataplane.wire.value.InterfaceSpec;
import java.util.List;

/**
 * Packets come plain and leave encapsulated.
 *
 * @param kind of the tunnel
 * @param routes what leads into it; of whichever neighbour
 */
record IntoTunnel(TunnelKind kind, List<WorkloadRoute> routes) implements Tunnelling {
    @Override
    public List<Integer> routers(int router) {
        return List.of(router, WorkloadCommands.UNDERLAY_ROUTER);
    }

    @Override
    public int sentHopLimit() {
        return OuterIpv4.HOP_LIMIT;
    }

    /** What is no IP packet is found by no address. */
    @Override
    public int neighbour() {
        return kind.etherType() == Payload.ETHERTYPE_IPV4 ? BY_ROUTE : TunnelWorkloads.FAR_END_NEIGHBOUR;
    }

    @Override
    public byte[] forwarded(Payload sent) {
        return kind.decapsulate(sent.of(kind.etherType()));
    }

    @Override
    public boolean isOwn(byte[] packet) {
        return kind.isOwn(packet);
    }

    @Override
    public void verify(StatisticsReader statistics) {
        boolean isKeptAlive = end().tunnel().keepalive().isPresent();
        if (isKeptAlive && statistics.keepaliveCounts(WorkloadCommands.TUNNEL).requests() == 0) {
            throw new NotMeasuredException("no keepalive was sent");
        }
    }

    private InterfaceSpec end() {
        InterfaceSpec spec = new InterfaceSpec();
        return kind.localEnd(spec, WorkloadCommands.UNDERLAY_ROUTER);
    }

    @Override
    public void install(WorkloadCommands commands) {
        commands.addTunnel(kind);
        for (WorkloadRoute route : routes) {
            commands.addRoute(route, route.router(), WorkloadCommands.TUNNEL);
        }
    }
}

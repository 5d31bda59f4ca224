package io.vireo.bench.forward;

import io.vireo.bench.forward.tunnel.OuterIpv4;
import io.vireo.bench.forward.tunnel.TunnelKind;
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

    @Override
    public byte[] offered(byte[] packet) {
        return packet;
    }

    @Override
    public byte[] forwarded(byte[] sent) {
        return kind.decapsulate(sent);
    }

    @Override
    public void install(WorkloadCommands commands) {
        commands.addTunnel(kind);
        for (WorkloadRoute route : routes) {
            commands.addRoute(route, route.router(), WorkloadCommands.TUNNEL);
        }
    }
}

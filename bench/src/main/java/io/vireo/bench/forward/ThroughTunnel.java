package io.vireo.bench.forward;

import io.vireo.bench.forward.tunnel.OuterIpv4;
import io.vireo.bench.forward.tunnel.TunnelKind;
import io.vireo.dataplane.wire.value.InterfaceSpec;
import java.util.List;

/**
 * Packets come plain, go through both ends of a tunnel, and leave plain: of a kind that takes no packet twice, as ESP, a device that
 * repeats its packets cannot offer what comes out of a tunnel.
 *
 * <pre>
 *   ── router 0 ══ within router 1 ── link ── within router 2 ══ router 3 ──
 * </pre>
 *
 * @param kind of the tunnel
 * @param routes what leads into it; of whichever neighbour
 */
record ThroughTunnel(TunnelKind kind, List<WorkloadRoute> routes) implements Tunnelling {
    private static final int FAR_UNDERLAY_ROUTER = 2;
    private static final int FAR_ROUTER = 3;
    private static final int FAR_TUNNEL = 3;
    private static final int LINK = 4;
    private static final int FAR_LINK = 5;
    private static final int NEIGHBOUR = 0;

    @Override
    public List<Integer> routers(int router) {
        return List.of(router, WorkloadCommands.UNDERLAY_ROUTER, FAR_UNDERLAY_ROUTER, FAR_ROUTER);
    }

    /** Both ends' routers forward the packet. */
    @Override
    public int sentHopLimit() {
        return FlowFrames.HOP_LIMIT - 2;
    }

    /** As if one router had forwarded it. */
    @Override
    public byte[] forwarded(Payload sent) {
        return FlowFrames.withIpv4HopLimit(sent.of(Payload.ETHERTYPE_IPV4), FlowFrames.HOP_LIMIT - 1);
    }

    @Override
    public void install(WorkloadCommands commands) {
        commands.addTunnel(kind);
        commands.addInterface(link(LINK, WorkloadCommands.UNDERLAY_ROUTER, FAR_LINK));
        commands.addInterface(link(FAR_LINK, FAR_UNDERLAY_ROUTER, LINK));
        commands.addTunnel(kind, farEnd(), FAR_UNDERLAY_ROUTER);
        commands.addNeighbour(LINK, NEIGHBOUR, FlowFrames.ROUTER_MAC + FAR_LINK);
        commands.addRoute(TunnelWorkloads.toFarEnd(NEIGHBOUR), WorkloadCommands.UNDERLAY_ROUTER, LINK);
        for (WorkloadRoute route : routes) {
            commands.addRoute(route, route.router(), WorkloadCommands.TUNNEL);
        }
    }

    private static InterfaceSpec link(int id, int router, int peer) {
        return WorkloadCommands.spec(id, router, FlowFrames.ROUTER_MAC + id).link(peer);
    }

    /** The tunnel's other end: its addresses exchanged. */
    private InterfaceSpec farEnd() {
        return OuterIpv4.exchangeEnds(
                kind.localEnd(WorkloadCommands.tunnelSpec(FAR_TUNNEL, FAR_ROUTER), FAR_UNDERLAY_ROUTER));
    }
}

package io.vireo.bench.forward;

import io.vireo.bench.forward.tunnel.VirtualLinkHeader;
import io.vireo.dataplane.wire.value.InterfaceSpec;
import java.util.List;

/**
 * Packets come or leave by a virtual link of the substrate, in frames of a VLAN that no others have; or cross the node from one to the
 * other.
 *
 * @param arrives whether they come by one
 * @param leaves whether they leave by one
 * @param routes what leads into it; of whichever neighbour
 */
record OverSubstrate(boolean arrives, boolean leaves, List<WorkloadRoute> routes) implements Tunnelling {
    static final int IDENTIFIER_IN = 0x123456;
    static final int IDENTIFIER_OUT = 0x654321;

    private static final int PEER = TunnelWorkloads.FAR_END_NEIGHBOUR;
    private static final int BEST_EFFORT = 0;

    @Override
    public int neighbour() {
        return leaves ? PEER : BY_ROUTE;
    }

    @Override
    public InterfaceSpec ingress(InterfaceSpec spec, int port, int vlan) {
        return arrives
                ? end(spec, port, vlan, FlowFrames.SENDER_MAC, IDENTIFIER_IN, Topology.egress(0))
                : spec.access(port, vlan);
    }

    @Override
    public InterfaceSpec egress(InterfaceSpec spec, int port, int vlan) {
        return leaves
                ? end(spec, port, vlan, Topology.NEIGHBOUR_MAC + PEER, IDENTIFIER_OUT, Topology.ingress(0))
                : spec.access(port, vlan);
    }

    private InterfaceSpec end(InterfaceSpec spec, int port, int vlan, long peer, int identifier, int other) {
        spec.mtuBytes(WorkloadCommands.TUNNEL_MTU);
        spec.substrate(port, vlan, FlowFrames.ROUTER_MAC, peer, identifier, VirtualLinkHeader.ETHERTYPE, BEST_EFFORT);
        return crosses() ? spec.crossesTo(other) : spec;
    }

    private boolean crosses() {
        return arrives && leaves;
    }

    @Override
    public Payload offered(byte[] packet) {
        return arrives
                ? new Payload(VirtualLinkHeader.ETHERTYPE, VirtualLinkHeader.encapsulate(IDENTIFIER_IN, packet))
                : Payload.packet(packet);
    }

    /** What crosses the node is as it came. */
    @Override
    public byte[] forwarded(Payload sent) {
        if (!leaves) {
            return sent.of(Payload.ETHERTYPE_IPV4);
        }
        byte[] packet = VirtualLinkHeader.decapsulate(IDENTIFIER_OUT, sent.of(VirtualLinkHeader.ETHERTYPE));
        return crosses() ? FlowFrames.forwarded(packet) : packet;
    }

    @Override
    public void install(WorkloadCommands commands) {
        if (!crosses()) {
            for (WorkloadRoute route : routes) {
                commands.addRoute(route, route.router(), Topology.egress(route.router()));
            }
        }
    }
}

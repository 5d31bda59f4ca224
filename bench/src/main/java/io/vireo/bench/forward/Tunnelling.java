package io.vireo.bench.forward;

import io.vireo.bench.report.NotMeasuredException;
import io.vireo.dataplane.wire.counters.StatisticsReader;
import io.vireo.dataplane.wire.value.InterfaceSpec;
import java.util.List;

/**
 * Whether a workload's packets go through a tunnel or behind labels, and at which end of it Vireo is. Where they go through a tunnel, a
 * virtual router of the topology is two: one that has the tunnel, and the underlay router; one of them receives and the other one sends.
 */
public interface Tunnelling {
    /** In place of a neighbour: the one that the workload's routes say. */
    int BY_ROUTE = -1;

    /** The virtual routers that a packet goes through which a router of the topology receives, in their order. */
    default List<Integer> routers(int router) {
        return List.of(router);
    }

    /** The hop limit of the packets that Vireo sends. */
    default int sentHopLimit() {
        return FlowFrames.HOP_LIMIT - 1;
    }

    /** The neighbour that all that Vireo sends goes to, or {@link #BY_ROUTE}: then it is an IP packet. */
    default int neighbour() {
        return BY_ROUTE;
    }

    /** What Vireo is offered so that it forwards a packet. */
    default Payload offered(byte[] packet) {
        return Payload.packet(packet);
    }

    /**
     * The packet in what Vireo sent, as it is once a router has forwarded it.
     *
     * @throws IllegalArgumentException with the fault, if something around it is wrong
     */
    byte[] forwarded(Payload sent);

    /** Whether Vireo sends a packet of its own accord. */
    default boolean isOwn(byte[] packet) {
        return false;
    }

    /** Makes an interface the one that receives from a port and VLAN; all else is set. */
    default InterfaceSpec ingress(InterfaceSpec spec, int port, int vlan) {
        return spec.access(port, vlan);
    }

    /** Makes an interface the one that sends to a port and VLAN; all else is set. */
    default InterfaceSpec egress(InterfaceSpec spec, int port, int vlan) {
        return spec.access(port, vlan);
    }

    /**
     * Whether there was, beside packets, what there had to be.
     *
     * @throws NotMeasuredException if not
     */
    default void verify(StatisticsReader statistics) {
        // Most have nothing beside packets.
    }

    /** Adds what a tunnel needs beyond routers, their interfaces at ports, and routes to neighbours. */
    void install(WorkloadCommands commands);
}

package io.vireo.bench.forward;

import java.util.List;

/**
 * Whether a workload's packets go through a tunnel, and at which end of it Vireo is. Where they do, a virtual router of the topology is
 * two: one that has the tunnel, and the underlay router; one of them receives and the other one sends.
 */
public interface Tunnelling {
    /** The virtual routers that a packet goes through which a router of the topology receives, in their order. */
    List<Integer> routers(int router);

    /** The hop limit of the packets that Vireo sends. */
    int sentHopLimit();

    /** What Vireo is offered so that it forwards a packet. */
    byte[] offered(byte[] packet);

    /**
     * The forwarded packet in one that Vireo sent.
     *
     * @throws IllegalArgumentException with the fault, if something around it is wrong
     */
    byte[] forwarded(byte[] sent);

    /** Adds what a tunnel needs beyond routers, their interfaces at ports, and routes to neighbours. */
    void install(WorkloadCommands commands);
}

package io.vireo.control.model;

/**
 * A link of the substrate that is an IP tunnel: where two nodes of the substrate are joined by somebody else's routers. Each packet has the
 * identifier of its virtual link before it, and no Ethernet header.
 *
 * @param name     unique on the node among all substrate links.
 * @param underlay the virtual router of this node that forwards the outer packets.
 * @param local    their source, an address of that router.
 * @param remote   their destination, the other node's.
 */
public record SubstrateTunnel(String name, RouterPath underlay, IpAddress local, IpAddress remote) {}

package io.vireo.control.model.attachment.feature;

/**
 * What an interface is an end of, when its packets go to another virtual router in a link of their own.
 *
 * @param kind of encapsulation, as the document has it; {@code link} inside the node, {@code vpn-id} where packets say their VPN.
 * @param underlay what its packets cross: {@code VPN/ROUTER}, or a port and VLAN; empty inside the node.
 * @param local address of this end underneath, or empty.
 * @param remote address of the other end underneath, or its {@code VPN/ROUTER/INTERFACE} when it is of this node, or empty.
 */
public record VirtualLink(String kind, String underlay, String local, String remote) {}

package io.vireo.control.view;

/**
 * A neighbour of the data plane.
 *
 * @param interfaceName the interface it is behind.
 * @param address       its IP address.
 * @param mac           its Ethernet address.
 */
public record NeighbourStatus(String interfaceName, String address, String mac) {}

package io.vireo.control.view;

/**
 * Packets of one class that were handed to a virtual router's control plane, or of one kind that the data plane answered instead.
 *
 * @param name    of the class or kind, such as {@code routing} or {@code arp}.
 * @param packets how many.
 */
public record PuntCount(String name, long packets) {}

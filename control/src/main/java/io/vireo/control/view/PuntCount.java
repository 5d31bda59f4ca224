package io.vireo.control.view;

/**
 * Packets of one class that were handed to a virtual router's control plane.
 *
 * @param name    of the class, such as {@code routing}.
 * @param packets how many.
 */
public record PuntCount(String name, long packets) {}

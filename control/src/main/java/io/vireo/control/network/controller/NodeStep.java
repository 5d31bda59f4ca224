package io.vireo.control.network.controller;

/**
 * A step of a set-up at one node.
 *
 * @param node its name.
 * @param step {@code reserved}, {@code refused}, {@code committed}, {@code released} or {@code pending}.
 * @param text more of it, for people; or empty.
 */
public record NodeStep(String node, String step, String text) {}

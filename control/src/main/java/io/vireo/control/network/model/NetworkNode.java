package io.vireo.control.network.model;

import java.util.Map;

/**
 * A node of the network.
 *
 * @param name of it.
 * @param api address of its API, such as {@code unix:/run/vireo/n1.sock}.
 * @param configuration what is this node's alone, as a configuration document has it: its ports, above all.
 */
public record NetworkNode(String name, String api, Map<String, Object> configuration) {}

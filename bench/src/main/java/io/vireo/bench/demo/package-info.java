/**
 * {@code vireo demo}: two customers with the same addresses, routed between real Linux hosts, and a measurement behind
 * each claim.
 *
 * <p>{@code Lab} makes the hosts (network namespaces behind veth pairs), {@code DemoNode} drives Vireo through its own
 * launcher and CLI, as a user would, and each class in {@code checks} measures one claim. Nothing here reaches into
 * Vireo by another way. Everything the demo makes is named {@code demo}, so that it can run beside a working node.
 */
@NullMarked
package io.vireo.bench.demo;

import org.jspecify.annotations.NullMarked;

/**
 * The network: what is the controller's, and not a node's.
 *
 * <p>The controller is to the nodes what control is to the data plane: it holds what is wished of the whole network, plans
 * what each node has to do with it, sees to it that all nodes do it or none, and watches. No node needs it to forward, to
 * restart or to rekey what it has. {@code model} is what is wished; {@code plan} makes parts of it, one for each node;
 * {@code transaction} brings parts onto nodes by {@code node}, a client of one node's API; {@code controller} keeps the
 * versions and decides; {@code api} serves it and {@code cli} asks for it.
 */
@NullMarked
package io.vireo.control.network;

import org.jspecify.annotations.NullMarked;

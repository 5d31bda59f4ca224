/**
 * The network document: what is wished of a whole network, in records, and its reader.
 *
 * <p>It has the nodes with the addresses of their APIs and what is each node's alone; the substrate links that join ports of
 * nodes; and the VPNs with their virtual routers and virtual links. Whatever of a router is not the network's business (routes,
 * members, {@code routing}) is kept as it was written and goes into the node's part, where the reader of configurations checks it.
 * The reader reports every problem with its path and line, as that of a configuration does. Nothing here plans.
 */
@NullMarked
package io.vireo.control.network.model;

import org.jspecify.annotations.NullMarked;

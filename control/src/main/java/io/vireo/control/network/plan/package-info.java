/**
 * Plans a network: from its document, and what was allocated before, to the configuration of each node.
 *
 * <p>Pure: no clock, no I/O, and the same twice gives the same twice. A router without a node is placed where fewest are. A virtual
 * link takes the path of least delay over substrate links that are up, have its rate left in both directions and are not excluded by
 * {@code disjointFrom}; what it had before it keeps while that is such a path, so that a change touches only what it must. Rates are
 * taken in the order of the document. Where nothing fits the refusal names the VPN, the link, the substrate link, what is wanted and
 * what is left, and the rate that would fit.
 *
 * <p>In the parts a virtual link is an interface over a substrate link with an identifier of that link, a crossing on each node
 * between, and a guarantee at each port that it leaves by; within one node it is a link of the VPN. VPN-IDs, identifiers, addresses
 * of links and MAC addresses are allocated by name and kept for as long as the name is there.
 */
@NullMarked
package io.vireo.control.network.plan;

import org.jspecify.annotations.NullMarked;

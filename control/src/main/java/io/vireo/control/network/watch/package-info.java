/**
 * Watches the nodes of the network.
 *
 * <p>Each node's API is asked twice a second, each by a thread of its own, so that one that hangs delays no other. What comes of it:
 * whether the node answers and has what it should (after somebody changed it by hand, what is different), what its virtual links
 * carry, and which of its ports have a carrier. A substrate link is down while an end of it has none, or a node has not answered for
 * a minute; then the network is planned around it. A node that does not answer for a few seconds has no carrier less: its control
 * restarts, and its packets go on.
 */
@NullMarked
package io.vireo.control.network.watch;

import org.jspecify.annotations.NullMarked;

/**
 * Stage 4: where to?
 *
 * <ul>
 *   <li>Takes: the lists {@code ipv4} and {@code ipv6}.
 *   <li>Leaves: {@code nextHop} in both: the adjacency to send by. Groups are resolved to one member by the packet's flow.
 *   <li>Counters: none.
 *   <li>Next: modify.
 * </ul>
 *
 * The longest match of a whole burst is looked up at once, so that cache misses overlap.
 */
@NullMarked
package io.vireo.dataplane.path.forward;

import org.jspecify.annotations.NullMarked;

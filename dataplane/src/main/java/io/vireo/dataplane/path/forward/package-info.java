/**
 * Stage 4: where to?
 *
 * <ul>
 *   <li>Takes: the lists {@code ipv4}, {@code ipv6} and {@code labelled}.
 *   <li>Leaves: {@code nextHop} in each: the adjacency to send by. Groups are resolved to one member by the packet's flow. What has
 *       labels that lead on stays in {@code labelled}, with the entry of the label table; what has one for the router itself is listed
 *       as the packet underneath, or excepted.
 *   <li>Counters: per label.
 *   <li>Next: modify.
 * </ul>
 *
 * The longest match of a whole burst is looked up at once, so that cache misses overlap.
 */
@NullMarked
package io.vireo.dataplane.path.forward;

import org.jspecify.annotations.NullMarked;

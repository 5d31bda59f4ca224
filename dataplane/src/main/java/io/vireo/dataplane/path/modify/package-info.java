/**
 * Stage 5: make the packet ready for its next hop.
 *
 * <ul>
 *   <li>Takes: the lists {@code ipv4} and {@code ipv6} with their next hops; {@code labelled}, and {@code crossing}.
 *   <li>Leaves: {@code txFrames}: TTL or hop limit less by one, checksum adjusted (RFC 1624), padding cut off, the Ethernet
 *       header of the adjacency written before the IP header; the labels of a route, or a mid-chain adjacency's headers, before that
 *       (see {@link io.vireo.dataplane.encapsulation}). What is for a tunnel's end here goes round again, unwrapped, by the link
 *       queue. What may not leave so (TTL used up, too big, no neighbour, not a forwarding route) goes to the exception path untouched.
 *   <li>Counters: sent by tunnel interfaces; drop and punt reasons are counted on the exception path.
 *   <li>Next: schedule.
 * </ul>
 */
@NullMarked
package io.vireo.dataplane.path.modify;

import org.jspecify.annotations.NullMarked;

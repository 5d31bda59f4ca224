/**
 * Stage 3: whose packet is it?
 *
 * <ul>
 *   <li>Takes: {@code origin}, {@code vlan}, {@code frame}, {@code network} and {@code checkResult}.
 *   <li>Leaves: {@code ingress}, {@code router}; the lists {@code ipv4} and {@code ipv6} of the packets to look up, with
 *       table and destination; what has labels ({@code labelled}), and what only crosses the node ({@code crossing});
 *       everything else on the exception path, now that it is known whom to charge.
 *   <li>Counters: packets and bytes received per interface and virtual router.
 *   <li>Next: forward.
 * </ul>
 */
@NullMarked
package io.vireo.dataplane.path.classify;

import org.jspecify.annotations.NullMarked;

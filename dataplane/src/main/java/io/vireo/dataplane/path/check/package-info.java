/**
 * Stage 2: is the frame sound, and what does it carry?
 *
 * <ul>
 *   <li>Takes: {@code mbufs}, {@code frame}, {@code frameLength}, {@code hasChains} of the burst.
 *   <li>Leaves: {@code vlan}, {@code network}, {@code networkLength} and {@code checkResult}, which of most packets is "plain
 *       IPv4". It moves nothing to the exception path: classify finds out first whom to charge.
 *   <li>Counters: none of its own; its drop reasons are counted on the exception path.
 *   <li>Next: classify.
 * </ul>
 *
 * Ethernet II and IEEE 802.1Q; IPv4 by RFC 1812 §5.2.2 and §5.3, IPv6 by RFC 8200 and RFC 4291.
 */
@NullMarked
package io.vireo.dataplane.path.check;

import org.jspecify.annotations.NullMarked;

/**
 * Answers to what is for the router itself and needs no control plane: ARP requests (RFC 826), neighbour solicitations (RFC 4861),
 * echo requests (RFC 1122 §3.2.2.6, RFC 4443 §4.2). And the fragmentation of IPv4 packets that are too long (RFC 791 §3.2).
 * And ICMP errors about what cannot be forwarded (RFC 1812 §4.3.2, RFC 4443 §3).
 *
 * <ul>
 *   <li>Takes: packets that would be punted, from the exception path.
 *   <li>Leaves: {@code txFrames}: the answers and fragments, as if the kernel had sent them. What it does not take is punted: duplicate
 *       address detection, announcements, whatever is malformed or unusual, and what is over an interface's budget of answers.
 *       What is to be dropped, the exception path drops: what has been answered with an error, or got none because too many
 *       have left; packets for whose fragments there are no buffers. Answers to keepalives are heard, and the kernel does not see them.
 *   <li>Counters: answered, per virtual router and kind.
 *   <li>Next: schedule, in the same round.
 * </ul>
 *
 * Which addresses are an interface's own control says ({@link io.vireo.dataplane.interfaces.InterfaceAddresses}); so answers go
 * on while control is away.
 */
@NullMarked
package io.vireo.dataplane.path.answer;

import org.jspecify.annotations.NullMarked;

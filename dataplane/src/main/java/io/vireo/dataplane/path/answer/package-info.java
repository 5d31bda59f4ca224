/**
 * Answers to what is for the router itself and needs no control plane: ARP requests (RFC 826), neighbour solicitations (RFC 4861),
 * echo requests (RFC 1122 §3.2.2.6, RFC 4443 §4.2). And the fragmentation of IPv4 packets that are too long (RFC 791 §3.2).
 * And ICMP errors about what cannot be forwarded (RFC 1812 §4.3.2, RFC 4443 §3), behind labels too (RFC 3032 §2.3.2).
 *
 * <ul>
 *   <li>Takes: packets that would be punted, and those that are dropped behind labels or underneath a tunnel, from the exception path.
 *   <li>Leaves: {@code txFrames}: the answers and fragments, as if the kernel had sent them. What it does not take is punted: duplicate
 *       address detection, announcements, whatever is malformed or unusual, and what is over an interface's budget of answers.
 *       What is to be dropped, the exception path drops: what has been answered with an error, or got none because too many
 *       have left; packets for whose fragments there are no buffers. Answers to keepalives are heard, and the kernel does not see them.
 *       Errors about what came with labels go on the {@link io.vireo.dataplane.path.LinkQueue}, behind the same labels. Who says by
 *       which MAC address a keepalive's target is reached is heard, and the kernel sees it too.
 *   <li>Counters: answered, per virtual router and kind.
 *   <li>Next: schedule, in the same round; arrive, in the next one, for what is behind labels.
 * </ul>
 *
 * Which addresses are an interface's own control says ({@link io.vireo.dataplane.interfaces.InterfaceAddresses}); so answers go
 * on while control is away.
 */
@NullMarked
package io.vireo.dataplane.path.answer;

import org.jspecify.annotations.NullMarked;

/**
 * Whether the far ends of tunnels answer: echo requests (RFC 792, RFC 4443 §4.1) that a worker sends through the tunnel to an address
 * behind it, and their replies. Any router and any host answers them and knows nothing of keepalives; they try the whole way and
 * back, keys and the far end's own forwarding included. GRE's keepalives, a packet within a packet that the far end sends back, are
 * not used: most far ends drop what comes from their own address (RFC 1812 §5.3.7), and where underlay and tunnel are of different
 * routing tables there is no way back.
 *
 * <ul>
 *   <li>Out: {@link io.vireo.dataplane.encapsulation.keepalive.KeepaliveSender}, of one worker, as network control of the router itself.
 *   <li>A tunnel of frames needs the target's MAC address first: {@link
 *       io.vireo.dataplane.encapsulation.keepalive.StationQuestion} asks for it, by ARP or a neighbour solicitation, without the
 *       kernel, whose device has no carrier while the tunnel is down.
 *   <li>In: {@link io.vireo.dataplane.encapsulation.keepalive.KeepaliveReceiver}, of every worker, takes the replies from what would be
 *       the kernel's. Nobody else can make one: each tunnel has a number that only its far end sees.
 *   <li>Counters: state, requests, lost ones and round-trip time per interface, in shared memory. Control is not needed for any of it;
 *       it shows the kernel the state.
 * </ul>
 */
@NullMarked
package io.vireo.dataplane.encapsulation.keepalive;

import org.jspecify.annotations.NullMarked;

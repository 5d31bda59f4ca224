/**
 * Packets within packets: what a worker puts before a packet that a tunnel interface sends, and takes off one that is for an end
 * of a tunnel here.
 *
 * <pre>
 *   adjacency ──► encapsulation: header, fix-up, next hop in the underlay's table ──► adjacency ──► … ──► Ethernet header
 *   (mid-chain)                                                                      (mid-chain again, or at the chain's end)
 * </pre>
 *
 * <ul>
 *   <li>Out: modify, or the injector, meets a mid-chain adjacency; {@link io.vireo.dataplane.encapsulation.Encapsulator} follows the
 *       chain, writes a header per encapsulation, and lists the frame as one that the underlay's interface sends. A chain of
 *       one encapsulation, of which nothing special is asked, has a shorter way. Where the underlay's route has labels, {@link
 *       io.vireo.dataplane.encapsulation.LabelledRoutes} writes them, as it does for packets without a tunnel.
 *   <li>In: a packet for the router itself is looked up among the {@link io.vireo.dataplane.encapsulation.TunnelEnds}; {@link
 *       io.vireo.dataplane.encapsulation.Decapsulator} makes of its payload a frame that the tunnel interface receives in the next round.
 *       From a tunnel's far end, what cannot be received is dropped as {@code TUNNEL_…}; a stranger's is punted.
 *   <li>Counters: packets and bytes sent per tunnel interface and its virtual router; received ones are counted by classify.
 * </ul>
 *
 * The tables have one writer, the conductor, but for the sequence numbers of tunnels, which workers take; every worker reads them.
 * A kind of encapsulation is a package below this one, beside {@code outer}, which all have, and a case where the Encapsulator
 * fixes a header up and the Decapsulator takes it off.
 */
@NullMarked
package io.vireo.dataplane.encapsulation;

import org.jspecify.annotations.NullMarked;

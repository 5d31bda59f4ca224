/**
 * Fragments of outer packets, put together again where the tunnel ends, before anything else is done with them.
 *
 * <pre>
 *   fragment of a known pair ─► Reassembler ─┬─ not all here: copied to its place in the one buffer of its packet, and freed
 *                                            ├─ the last one: the packet, whole, takes the fragment's place in the burst ─► Decapsulator
 *                                            └─ contradicts the others: it, they, and what comes of them later is dropped
 *   each round: what has waited for a second is dropped
 * </pre>
 *
 * <ul>
 *   <li>Takes: IPv4 and IPv6 fragments for the router itself, between the addresses of a tunnel and of its protocol ({@code
 *       conductor/TunnelPairs} counts those). All others are the kernel's, as before.
 *   <li>Standards: RFC 791 §3.2, RFC 8200 §4.5; overlaps end the whole packet, RFC 5722 and, for IPv4, RFC 8900 §5; atomic fragments,
 *       RFC 6946; congestion marks, RFC 3168 §5.3.
 *   <li>Bounded: a packet under way is one buffer, however many fragments it comes in; so many are held at most ({@link
 *       io.vireo.dataplane.encapsulation.reassembly.PartialPackets}), of one pair of addresses less, so that one far end, or who forges its
 *       address, does not take the room of the others.
 *   <li>Threads: each worker puts together what it receives. Fragments of one packet come to one worker: they come by one port, and
 *       network cards choose the queue of a fragment by its addresses alone, for only the first shows ports. Those that a
 *       network splits among several ports do not find each other, and are dropped in time.
 *   <li>Counters: {@code reassembled} of the answers per router; drops {@code FRAGMENT_INCOMPLETE}, {@code FRAGMENT_INVALID},
 *       {@code FRAME_TOO_LONG}, {@code NO_BUFFER}, each fragment one; how many packets are held, {@code REASSEMBLIES}.
 * </ul>
 */
@NullMarked
package io.vireo.dataplane.encapsulation.reassembly;

import org.jspecify.annotations.NullMarked;

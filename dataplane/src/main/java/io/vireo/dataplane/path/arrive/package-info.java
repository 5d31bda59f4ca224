/**
 * Stage 1: one burst of packets.
 *
 * <ul>
 *   <li>Takes: receive queues of the ports, the worker's own {@link io.vireo.dataplane.path.LinkQueue} (packets that
 *       crossed an internal link), hand-over rings of other workers, the inject ring.
 *   <li>Leaves: {@code mbufs}, {@code origin}, {@code frame}, {@code frameLength}, the rx runs (packets that came in
 *       together); and in {@code txFrames} the frames to send that other workers or the control plane have ready.
 *   <li>Counters: packets and bytes received per port; frames injected, injections dropped.
 *   <li>Next: check; for frames to send, schedule.
 * </ul>
 *
 * Packets under way inside the node come first, so that new ones wait in the device and not in our queues; but a quarter of
 * each burst stays for the ports, so that a loop between virtual routers starves nobody.
 */
@NullMarked
package io.vireo.dataplane.path.arrive;

import org.jspecify.annotations.NullMarked;

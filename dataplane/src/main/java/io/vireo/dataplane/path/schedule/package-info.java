/**
 * Stage 6: in which order, and when, packets leave.
 *
 * <ul>
 *   <li>Takes: {@code txFrames}.
 *   <li>Leaves: each in the queue of its port, if this worker sends for it; in the hand-over ring of the worker that does;
 *       or on the internal link it goes by. What finds no room is dropped: waiting would turn loss into latency.
 *   <li>Counters: packets and bytes sent per interface and virtual router for internal links; drops; per class what {@link
 *       io.vireo.dataplane.wire.counters.ClassCounts} has, and the delay of each packet.
 *   <li>Next: transmit; for internal links, arrive of the next round.
 * </ul>
 *
 * <pre>
 *                    no classes, no rate                        ready batch
 *   packet -> PortQueue --------------------------------------------------> transmit
 *                 | else: filter -> class -> leaf      dequeue      ^
 *                 +---------------> PortClasses (HfscScheduler) ----+   marks, CoDel's drops
 *                                    nothing else may leave: bypasses the queues
 *                                        ^
 *   conductor -> ClassOrders -> ClassAgent    between bursts
 * </pre>
 *
 * Classes are chosen by the worker that sends for the port, from the packet's own header, so a hand-over carries nothing
 * of them.
 */
@NullMarked
package io.vireo.dataplane.path.schedule;

import org.jspecify.annotations.NullMarked;

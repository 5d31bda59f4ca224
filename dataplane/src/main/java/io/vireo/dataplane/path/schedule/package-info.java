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
 *
 * <p>Begin with {@link io.vireo.dataplane.path.schedule.Schedule} for a packet and {@link
 * io.vireo.dataplane.path.schedule.ClassAgent} for an order; {@link io.vireo.dataplane.schedule} says where the other parts of
 * scheduling are.
 *
 * <table>
 *   <caption>For what, which file</caption>
 *   <tr><td>which way a frame leaves: port, other worker, link</td><td>{@link io.vireo.dataplane.path.schedule.Schedule}</td></tr>
 *   <tr><td>which class and leaf a packet belongs to; direct, bypass or queued</td><td>{@link io.vireo.dataplane.path.schedule.PortQueue}</td></tr>
 *   <tr><td>what a filter reads of a packet; the ECN mark</td><td>{@code PacketHeader}</td></tr>
 *   <tr><td>how the worker finds a class or an interface's filter</td><td>{@code ClassMap}</td></tr>
 *   <tr><td>a port's tree: local ids, implicit and draining classes</td><td>{@link io.vireo.dataplane.path.schedule.PortClasses}</td></tr>
 *   <tr><td>what time it is to the scheduler of a port whose worker was away</td><td>{@code PortClock}</td></tr>
 *   <tr><td>what each order does; when statistics are published</td><td>{@link io.vireo.dataplane.path.schedule.ClassAgent}</td></tr>
 * </table>
 *
 * <p>Threads: everything is the worker's own, but what {@link io.vireo.dataplane.path.schedule.SharedScheduling} holds. A {@link
 * io.vireo.dataplane.path.schedule.PortClasses} changes hands through {@link io.vireo.dataplane.path.schedule.PortSlots},
 * published by the rings of {@link io.vireo.dataplane.schedule.order}. Statistics of classes go to shared memory by opaque
 * stores; the release of a row's generation ({@code ClassStatisticsWriter.begin}) pairs with the acquire in {@code
 * StatisticsReader}.
 */
@NullMarked
package io.vireo.dataplane.path.schedule;

import org.jspecify.annotations.NullMarked;

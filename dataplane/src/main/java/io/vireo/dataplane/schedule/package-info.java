/**
 * The scheduler of an egress port: which packet leaves next, and which never will. The algorithm alone.
 *
 * <p>Takes: packets as opaque {@code long} handles with a length and a class, from the stage that owns the port.
 * Leaves: bursts of handles to send, some of them to be marked, and handles to free. Counters: {@link
 * io.vireo.dataplane.schedule.ClassStatistics}, by class and by reason. Next: {@code transmit}.
 *
 * <p>It knows neither mbufs nor clocks nor threads: the time is a parameter, and everything here has a single writer, the
 * worker that owns the port. Nothing is published from here and nothing allocates but constructors.
 *
 * <h2>Where scheduling is</h2>
 *
 * <pre>
 *   control            conductor                          worker that sends for the port
 *   model, plan ─────► Classes ── ClassOrders ──────────► ClassAgent ──► PortClasses ──► HfscScheduler
 *   (schedule.policy   (conductor)  (schedule.order)      (path.schedule)                (schedule)
 *    checks and                                              ▲
 *    compiles)                                frames ──► Schedule ──► PortQueue ──► ReadyBatch ──► transmit
 * </pre>
 *
 * <table>
 *   <caption>Where each part begins</caption>
 *   <tr><td>{@link io.vireo.dataplane.schedule.policy}</td>
 *       <td>what may be asked: curves, their admission, filters; any thread, control's too</td></tr>
 *   <tr><td>{@code conductor}, classes {@code Class*}, {@code PortSchedulers}, {@code SchedulingDump}</td>
 *       <td>which classes there are: commands in, orders out, answers in; the conductor</td></tr>
 *   <tr><td>{@link io.vireo.dataplane.schedule.order}</td>
 *       <td>from conductor to worker and back: the rings, and what they publish beside themselves</td></tr>
 *   <tr><td>{@link io.vireo.dataplane.path.schedule}</td>
 *       <td>the stage: from a frame to a leaf, from an order to the tree, from the tree to the device; a worker</td></tr>
 *   <tr><td>this package</td><td>the tree of one port; that worker</td></tr>
 * </table>
 *
 * <h2>Which file to open</h2>
 *
 * <table>
 *   <caption>For what, which file</caption>
 *   <tr><td>the paper, the symbols, what we do otherwise</td><td>{@link io.vireo.dataplane.schedule.HfscScheduler}</td></tr>
 *   <tr><td>who is served by its guarantee</td><td>{@code RealTime}, with {@code TimingWheel} and {@code EntryHeap}</td></tr>
 *   <tr><td>who is served by its share; upper limits</td><td>{@code LinkShare}, with {@code Parents} and {@code Tournament}</td></tr>
 *   <tr><td>the arithmetic of a curve while packets flow</td><td>{@code RuntimeCurve}, {@code FixedPoint}</td></tr>
 *   <tr><td>a packet that need not be queued</td><td>{@code Bypass}</td></tr>
 *   <tr><td>adding, changing, moving, removing a class</td><td>{@link io.vireo.dataplane.schedule.ClassTree}, {@code CurveChange}</td></tr>
 *   <tr><td>why a packet is not queued</td><td>{@code PacketQueues}, {@link io.vireo.dataplane.schedule.BufferQuotas}</td></tr>
 *   <tr><td>why a packet is dropped or marked at the head</td><td>{@code Dequeuer}, {@code CoDel}</td></tr>
 *   <tr><td>where a class's words stand in memory</td><td>{@code ClassTable}, {@code Words}</td></tr>
 *   <tr><td>what a frame costs on the wire</td><td>{@link io.vireo.dataplane.schedule.LinkOverhead}, {@code WireLength}</td></tr>
 * </table>
 */
@NullMarked
package io.vireo.dataplane.schedule;

import org.jspecify.annotations.NullMarked;

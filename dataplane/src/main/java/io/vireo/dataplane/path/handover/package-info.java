/**
 * A frame's way from the worker that received it to the one that sends for its port.
 *
 * <ul>
 *   <li>Takes: frames to send whose port another worker sends for, from schedule.
 *   <li>Leaves: them in {@code txFrames} of that worker's burst, in its next round.
 *   <li>Counters: drops, when the other worker does not keep up and its ring is full.
 * </ul>
 *
 * No stage: its sending side is schedule's, its receiving side arrive's.
 *
 * <pre>
 *   worker A (received it)                                        worker B (sends for the port)
 *   Schedule ─► HandoverOut.add, .flush ─► ring A to B ─► HandoverIn.poll ─► txFrames ─► Schedule ─► PortQueue
 *                                          messages of up to 64 {@link io.vireo.dataplane.path.handover.Handover} records
 * </pre>
 *
 * <table>
 *   <caption>Where each part is</caption>
 *   <tr><td>who sends for a port</td><td>{@link io.vireo.dataplane.port.WorkerPorts#owner}, decided by the conductor</td></tr>
 *   <tr><td>which frames are handed over</td><td>{@code path.schedule.Schedule}</td></tr>
 *   <tr><td>record, sending side, receiving side</td><td>this package</td></tr>
 *   <tr><td>the rings, one for each pair of workers, made at start and emptied at the end</td><td>{@code worker.HandoverRings}</td></tr>
 *   <tr><td>when a worker takes what came: first in each round</td><td>{@code worker.Worker#doWork}</td></tr>
 * </table>
 *
 * <p>Threads: each ring has one producer and one consumer, two workers. Publication: {@code commit} in {@code HandoverOut}
 * (release) pairs with the ring's read of the record's length in {@code HandoverIn} (acquire); with the record goes the
 * ownership of its mbuf, whose bytes were written before. {@code HandoverStress} in {@code src/stress} holds it.
 */
@NullMarked
package io.vireo.dataplane.path.handover;

import org.jspecify.annotations.NullMarked;

/**
 * From the conductor to the worker that owns a port, and back: orders about classes, answers, and what is published with them.
 *
 * <p>The tree of a port belongs to one worker, which alone reads and writes it. The conductor keeps the state of all classes,
 * refuses what contradicts it, and sends the rest on; the worker carries orders out between bursts. Begin with {@link
 * io.vireo.dataplane.schedule.order.ClassOrders} (the rings), then {@link io.vireo.dataplane.schedule.order.ClassOrder} (what
 * one says), {@link io.vireo.dataplane.schedule.order.AnswerCode} (what may be answered) and {@link
 * io.vireo.dataplane.schedule.order.FilterMemory} (what a filter's order points to).
 *
 * <h2>Publication</h2>
 *
 * <table>
 *   <caption>Each release, its acquire, and what they make visible</caption>
 *   <tr><th>release</th><th>acquire</th><th>makes visible</th></tr>
 *   <tr><td>{@code commit} of an order, in {@code ClassOrders.send} (conductor)</td>
 *       <td>the ring's read of the record's length, in {@code ClassOrders.poll} (worker)</td>
 *       <td>the order; with ATTACH the scheduler in its {@code PortSlots}; with FILTER the image in {@code FilterMemory}</td></tr>
 *   <tr><td>the ring's consumer position, after the handler (worker)</td>
 *       <td>{@code ClassOrders.isCarriedOut} (conductor)</td>
 *       <td>that the worker is done with all before: barriers are answered, and the image that was replaced is freed</td></tr>
 *   <tr><td>{@code commit} of an answer, in {@code ClassOrders.answer} (worker)</td>
 *       <td>the ring's read, in {@code ClassOrders.pollAnswers} (conductor)</td>
 *       <td>the refusal; with DETACHED the scheduler, empty, in its {@code PortSlots}</td></tr>
 * </table>
 *
 * <p>Everything that travels beside the rings is therefore written and read plainly. {@code ClassOrdersStress} in {@code
 * src/stress} holds these pairs against two threads.
 */
@NullMarked
package io.vireo.dataplane.schedule.order;

import org.jspecify.annotations.NullMarked;

/**
 * What conductor and workers share about classes of the scheduler: orders on their way to the worker that owns a port,
 * its answers, compiled filters, and the schedulers themselves while they change hands.
 *
 * <p>The tree of a port belongs to one worker, which alone writes it. The conductor keeps the state of all classes, refuses
 * what contradicts it, and passes the rest on through {@link io.vireo.dataplane.schedule.order.ClassOrders}; the worker
 * carries orders out between bursts.
 */
@NullMarked
package io.vireo.dataplane.schedule.order;

import org.jspecify.annotations.NullMarked;

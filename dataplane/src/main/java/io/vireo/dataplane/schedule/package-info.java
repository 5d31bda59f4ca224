/**
 * The scheduler of an egress port: which packet leaves next, and which never will.
 *
 * <p>Takes: packets as opaque {@code long} handles with a length and a class, from the stage that owns the port.
 * Leaves: bursts of handles to send, some of them to be marked, and handles to free. Counters: {@link
 * io.vireo.dataplane.schedule.ClassStatistics}, by class and by reason. Next: {@code transmit}.
 *
 * <p>Pure algorithm: it knows neither mbufs nor clocks; the time is a parameter. {@link
 * io.vireo.dataplane.schedule.HfscScheduler} is the way in and opens with the essay; everything here has a single
 * writer, the worker that owns the port, and allocates only when it is built.
 */
@NullMarked
package io.vireo.dataplane.schedule;

import org.jspecify.annotations.NullMarked;

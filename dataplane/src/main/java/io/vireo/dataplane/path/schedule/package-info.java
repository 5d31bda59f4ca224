/**
 * Stage 6: in which order, and when, packets leave.
 *
 * <ul>
 *   <li>Takes: {@code departures}.
 *   <li>Leaves: each in the scheduler of its port, if this worker sends for it; in the hand-over ring of the worker that does;
 *       or on the internal link it goes by. What finds no room is dropped: waiting would turn loss into latency.
 *   <li>Counters: packets and bytes sent per interface and virtual router for internal links; drops.
 *   <li>Next: transmit; for internal links, arrive of the next round.
 * </ul>
 *
 * For now one first-in, first-out queue per port, which keeps the order of each link on it.
 */
@NullMarked
package io.vireo.dataplane.path.schedule;

import org.jspecify.annotations.NullMarked;

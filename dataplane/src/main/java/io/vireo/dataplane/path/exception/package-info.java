/**
 * The exception path: where packets end that leave the common loops.
 *
 * <ul>
 *   <li>Takes: {@code excepted} and {@code disposition} of the burst; single packets that later stages must drop.
 *   <li>Leaves: nothing. A packet is dropped, counted and freed; answered (see {@link io.vireo.dataplane.path.answer});
 *       or punted to the control plane within the budgets of its class, interface and
 *       router.
 *   <li>Counters: drops by reason, virtual router and interface; punted, also by class, and not punted because of a budget.
 * </ul>
 *
 * No stage: it runs once per round behind those that decide, for whatever they moved here.
 */
@NullMarked
package io.vireo.dataplane.path.exception;

import org.jspecify.annotations.NullMarked;

/**
 * A frame's way from the worker that received it to the one that sends for its port.
 *
 * <ul>
 *   <li>Takes: frames to send whose port another worker sends for, from schedule.
 *   <li>Leaves: them in {@code txFrames} of that worker's burst, in its next round.
 *   <li>Counters: drops, when the other worker does not keep up and its ring is full.
 * </ul>
 *
 * No stage: its sending side is schedule's, its receiving side arrive's. The rings are made by the worker package.
 */
@NullMarked
package io.vireo.dataplane.path.handover;

import org.jspecify.annotations.NullMarked;

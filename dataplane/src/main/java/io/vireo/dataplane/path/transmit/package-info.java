/**
 * Stage 7: give packets to the devices.
 *
 * <ul>
 *   <li>Takes: what the schedulers of the worker's ports have ready.
 *   <li>Leaves: nothing. What a device refuses of a port without classes is freed: drop,
 *       don't wait. With classes it is sent first in the next round, and the classes' limits decide what is dropped.
 *   <li>Counters: packets and bytes sent per port, interface and virtual router; refused per port; drops.
 * </ul>
 */
@NullMarked
package io.vireo.dataplane.path.transmit;

import org.jspecify.annotations.NullMarked;

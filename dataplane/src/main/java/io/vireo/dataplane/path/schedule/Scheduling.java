package io.vireo.dataplane.path.schedule;

import io.vireo.dataplane.classes.ClassOrders;
import io.vireo.dataplane.classes.FilterMemory;

/**
 * What conductor and workers share about the scheduling of ports.
 *
 * @param orders to the workers, and answers
 * @param filters compiled class filters
 * @param slots schedulers on their way to the workers and back
 * @param limits how much there may be
 */
public record Scheduling(ClassOrders orders, FilterMemory filters, PortSlots slots, SchedulingLimits limits) {
    /** Takes the memory that is needed before any port is shaped. */
    public static Scheduling create(final int workers, final SchedulingLimits limits) {
        return new Scheduling(
                new ClassOrders(workers), new FilterMemory(limits.filterLongs()), new PortSlots(), limits);
    }
}

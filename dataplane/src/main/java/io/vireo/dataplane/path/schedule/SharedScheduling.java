package io.vireo.dataplane.path.schedule;

import io.vireo.dataplane.schedule.order.ClassOrders;
import io.vireo.dataplane.schedule.order.FilterMemory;

/** What conductor and workers share about the scheduling of ports. Immutable; its parts say who may use them. */
public final class SharedScheduling {
    private final ClassOrders orders;
    private final FilterMemory filters;
    private final PortSlots slots = new PortSlots();
    private final SchedulingLimits limits;

    /** Takes the memory that is needed before any port is shaped. */
    public SharedScheduling(int workers, SchedulingLimits limits) {
        this.limits = limits;
        orders = new ClassOrders(workers);
        filters = new FilterMemory(limits.filterLongs());
    }

    /** Orders to the workers, and answers. */
    public ClassOrders orders() {
        return orders;
    }

    /** Compiled class filters. */
    public FilterMemory filters() {
        return filters;
    }

    /** Schedulers on their way to the workers and back. */
    public PortSlots slots() {
        return slots;
    }

    /** How much there may be. */
    public SchedulingLimits limits() {
        return limits;
    }
}

package io.vireo.dataplane.path.schedule;

import io.vireo.dataplane.interfaces.VirtualLinkTable;
import io.vireo.dataplane.schedule.order.ClassOrders;
import io.vireo.dataplane.schedule.order.FilterMemory;

/** What conductor and workers share about the scheduling of ports. Immutable; its parts say who may use them. */
public final class SharedScheduling {
    private final ClassOrders orders;
    private final FilterMemory filters;
    private final PortSlots slots = new PortSlots();
    private final SchedulingLimits limits;
    private final VirtualLinkTable virtualLinks;

    /**
     * Takes the memory that is needed before any port is shaped.
     *
     * @param virtualLinks by which their frames are known, where classes go by the packet inside.
     */
    public SharedScheduling(int workers, SchedulingLimits limits, VirtualLinkTable virtualLinks) {
        this.limits = limits;
        this.virtualLinks = virtualLinks;
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

    /** By which frames of virtual links are known. */
    VirtualLinkTable virtualLinks() {
        return virtualLinks;
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

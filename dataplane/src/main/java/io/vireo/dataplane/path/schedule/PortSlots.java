package io.vireo.dataplane.path.schedule;

import io.vireo.dataplane.wire.layout.SharedLayout;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a port's scheduler changes hands: the conductor puts it in the slot of the port before it sends the order to attach
 * it, the worker puts it back before it answers that it is detached. The rings of {@link
 * io.vireo.dataplane.schedule.order.ClassOrders} order both.
 */
public final class PortSlots {
    private final @Nullable PortClasses[] slots = new @Nullable PortClasses[SharedLayout.MAX_PORTS];

    /** Leaves a scheduler for the other side. */
    public void put(int port, PortClasses classes) {
        slots[port] = classes;
    }

    /** Takes what the other side has left. */
    public PortClasses take(int port) {
        PortClasses classes = Objects.requireNonNull(slots[port], "no scheduler was left for the port");
        slots[port] = null;
        return classes;
    }
}

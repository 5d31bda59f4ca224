package io.vireo.control.view;

import io.vireo.dataplane.wire.counters.PortCounts;
import org.jspecify.annotations.Nullable;

/**
 * A port.
 *
 * @param name              its configured name.
 * @param portId            its identity in the data plane.
 * @param device            what it is made of, as configured.
 * @param state             {@code up}, {@code down}, {@code failed} or {@code pending} (not yet known to the data
 *                          plane).
 * @param reason            why frames cannot pass, as far as the host knows, or empty.
 * @param mac               the device's address, or null while it is not known.
 * @param speedMbps         link speed in megabits per second, 0 when it is not known.
 * @param rateBitsPerSecond rate it is shaped to, root of its scheduling tree, on the wire; 0 when it is not shaped.
 * @param counts            what it counted.
 */
public record PortStatus(
        String name,
        int portId,
        String device,
        String state,
        String reason,
        @Nullable String mac,
        int speedMbps,
        long rateBitsPerSecond,
        PortCounts counts) {}

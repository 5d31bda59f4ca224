package io.vireo.dataplane.conductor;

import io.vireo.dataplane.port.LinkStates;
import io.vireo.dataplane.wire.code.PortState;
import io.vireo.dataplane.wire.event.EventProxy;
import org.jspecify.annotations.Nullable;

/**
 * Which ports have a carrier, and who reports it: the host, or the driver while the host has said nothing. Allocates nothing.
 * Single user: the conductor.
 */
final class PortLinks {
    private final LinkStates states;
    private final EventProxy events;

    PortLinks(int maxPorts, EventProxy events) {
        states = new LinkStates(maxPorts);
        this.events = events;
    }

    /** What workers are to know of it. */
    LinkStates states() {
        return states;
    }

    /** Takes in what the host says; a change is reported to control if the port is there. */
    void set(long correlationId, int id, @Nullable PluggedPort port, boolean up) {
        boolean before = port != null && isUp(id, port);
        states.set(id, up);
        if (port != null && isUp(id, port) != before) {
            report(correlationId, id, port);
        }
    }

    /** The port is gone, and with it what the host said. */
    void forget(int id) {
        states.forget(id);
    }

    boolean isKnown(int id) {
        return states.isKnown(id);
    }

    /** Reports to control whether frames can pass. */
    void report(long correlationId, int id, PluggedPort port) {
        PortState state = isUp(id, port) ? PortState.UP : PortState.DOWN;
        events.portState(
                correlationId,
                id,
                state,
                port.mac(),
                port.speedMbps(),
                port.request().name());
    }

    private boolean isUp(int id, PluggedPort port) {
        return port.isOpen() && (states.isKnown(id) ? !states.isDown(id) : port.isLinkUp());
    }
}

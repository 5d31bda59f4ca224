package io.vireo.control.node;

import io.vireo.control.model.Port;

/** A port as it shall be, with the data plane's number for it. */
record PortPlan(int portId, Port port) {
    String name() {
        return port.name();
    }

    String devargs() {
        return port.device().devargs(port.name(), port.rxQueues());
    }
}

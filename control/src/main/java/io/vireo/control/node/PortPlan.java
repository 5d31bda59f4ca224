package io.vireo.control.node;

import io.vireo.control.model.Port;
import org.jspecify.annotations.Nullable;

/** A port as it shall be, with the data plane's number for it. */
record PortPlan(int portId, Port port) {
    String name() {
        return port.name();
    }

    /** What it is shaped to, bit/s; 0 = nothing. */
    long rateBitsPerSecond() {
        return port.rate() == null ? 0 : port.rate().bitsPerSecond();
    }

    /** By what the refusal of its rate is known. */
    String rateSubject() {
        return rateSubject(name());
    }

    static String rateSubject(String name) {
        return "rate of port " + name;
    }

    /** Whether it is the same device, opened in the same way; its rate can be changed while it is open. */
    boolean isSameDevice(@Nullable PortPlan other) {
        return other != null && portId == other.portId && opened(port).equals(opened(other.port));
    }

    private static Port opened(Port port) {
        return new Port(port.name(), port.device(), port.rxQueues(), port.descriptors(), port.mtu(), null, 0);
    }

    String devargs() {
        return port.device().devargs(port.name(), port.rxQueues());
    }
}

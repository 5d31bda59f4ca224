package io.vireo.control.node.topology;

import io.vireo.control.model.Port;
import org.jspecify.annotations.Nullable;

/** A port as it shall be, with the data plane's number for it. */
public record PortPlan(int portId, Port port) {
    public String name() {
        return port.name();
    }

    /** What it is shaped to, bit/s; 0 = nothing. */
    public long rateBitsPerSecond() {
        return port.rate() == null ? 0 : port.rate().bitsPerSecond();
    }

    /** By what the refusal of its rate is known. */
    public String rateSubject() {
        return rateSubject(name());
    }

    public static String rateSubject(String name) {
        return "rate of port " + name;
    }

    /** Whether it is the same device, opened in the same way; its rate can be changed while it is open. */
    public boolean isSameDevice(@Nullable PortPlan other) {
        return other != null && portId == other.portId && opened(port).equals(opened(other.port));
    }

    private static Port opened(Port port) {
        return new Port(port.name(), port.device(), port.rxQueues(), port.descriptors(), port.mtu(), null, 0);
    }

    public String devargs() {
        return port.device().devargs(port.name(), port.rxQueues(), port.mtu());
    }
}

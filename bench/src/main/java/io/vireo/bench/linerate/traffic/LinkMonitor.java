package io.vireo.bench.linerate.traffic;

import io.vireo.dpdk.RxQueue;
import org.jspecify.annotations.Nullable;

/** Looks, once in a while during a trial, whether the wire is still there and whether frames come back where none should. */
final class LinkMonitor {
    private final GeneratorPorts wire;
    private final Sink sink;
    private final @Nullable RxQueue backFromDevice;
    private boolean wasUp = true;
    private int reconnections;

    LinkMonitor(GeneratorPorts wire, Sink sink) {
        this.wire = wire;
        this.sink = sink;
        this.backFromDevice = wire.isOnePort() ? null : wire.backFromDevice();
    }

    void poll() {
        if (backFromDevice != null) {
            sink.pollSendingPort(backFromDevice);
        }
        boolean isUp = wire.isUp();
        if (isUp && !wasUp) {
            reconnections++;
        }
        wasUp = isUp;
    }

    /** How often the wire came back. */
    int reconnections() {
        return reconnections;
    }
}

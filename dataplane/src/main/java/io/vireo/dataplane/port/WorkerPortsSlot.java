package io.vireo.dataplane.port;

import java.util.concurrent.atomic.AtomicReference;

/** Where the conductor leaves a worker its newest {@link WorkerPorts}. Wait-free. */
public final class WorkerPortsSlot {
    private final AtomicReference<WorkerPorts> ports;

    public WorkerPortsSlot(WorkerPorts first) {
        ports = new AtomicReference<>(first);
    }

    /** The newest ports. The worker, once per round. */
    public WorkerPorts newest() {
        return ports.getAcquire(); // pairs with setRelease in publish
    }

    /** Replaces the ports. The conductor. */
    public void publish(WorkerPorts newer) {
        ports.setRelease(newer); // the worker that takes it (newest) sees all of it
    }
}

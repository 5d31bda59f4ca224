package io.vireo.dataplane.wire.memory;

import static io.vireo.dataplane.wire.layout.SharedLayout.CONDUCTOR_HEARTBEAT_NS_OFFSET;
import static io.vireo.dataplane.wire.layout.SharedLayout.WORKER_BUSY_CYCLES_OFFSET;
import static io.vireo.dataplane.wire.layout.SharedLayout.WORKER_DUTY_CYCLES_OFFSET;
import static io.vireo.dataplane.wire.layout.SharedLayout.WORKER_HEARTBEATS_OFFSET;
import static io.vireo.dataplane.wire.layout.SharedLayout.WORKER_HEARTBEAT_LENGTH;
import static io.vireo.dataplane.wire.layout.SharedLayout.WORKER_HEARTBEAT_NS_OFFSET;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * Signs of life of the data plane's threads. Times are those of {@link System#nanoTime}, which on Linux is
 * CLOCK_MONOTONIC and therefore the same for all processes of a machine.
 *
 * <p>Single writer: each agent its own. Readers: anyone. Opaque stores: a reader needs to see progress, not order.
 */
public final class Heartbeats {
    private final UnsafeBuffer header;

    Heartbeats(UnsafeBuffer header) {
        this.header = header;
    }

    /** The conductor lives. */
    public void conductor(long nowNs) {
        header.putLongOpaque(CONDUCTOR_HEARTBEAT_NS_OFFSET, nowNs);
    }

    /**
     * A worker lives.
     *
     * @param worker which
     * @param nowNs now
     * @param dutyCycles how often it has polled since its start
     * @param busyCycles how often it found work
     */
    public void worker(int worker, long nowNs, long dutyCycles, long busyCycles) {
        int offset = offset(worker);
        header.putLongOpaque(offset + WORKER_DUTY_CYCLES_OFFSET, dutyCycles);
        header.putLongOpaque(offset + WORKER_BUSY_CYCLES_OFFSET, busyCycles);
        header.putLongOpaque(offset + WORKER_HEARTBEAT_NS_OFFSET, nowNs);
    }

    /** Returns when the conductor last gave a sign of life; 0 = never. */
    public long conductorNs() {
        return header.getLongOpaque(CONDUCTOR_HEARTBEAT_NS_OFFSET);
    }

    /** Returns when a worker last gave a sign of life; 0 = never. */
    public long workerNs(int worker) {
        return header.getLongOpaque(offset(worker) + WORKER_HEARTBEAT_NS_OFFSET);
    }

    /** Returns how often a worker has polled. */
    public long workerDutyCycles(int worker) {
        return header.getLongOpaque(offset(worker) + WORKER_DUTY_CYCLES_OFFSET);
    }

    /** Returns how often a worker found work when it polled. */
    public long workerBusyCycles(int worker) {
        return header.getLongOpaque(offset(worker) + WORKER_BUSY_CYCLES_OFFSET);
    }

    private static int offset(int worker) {
        return WORKER_HEARTBEATS_OFFSET + worker * WORKER_HEARTBEAT_LENGTH;
    }
}

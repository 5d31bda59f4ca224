package io.vireo.dataplane.path.transmit;

import io.vireo.dataplane.path.Departures;
import io.vireo.dataplane.path.schedule.PortQueue;
import io.vireo.dataplane.path.schedule.ReadyBatch;
import io.vireo.dataplane.port.WorkerPorts;

/**
 * Passes schedule by when there is nothing to schedule: all departures of a round leave by one port, which this worker sends for
 * and which has no classes. They are made ready as one batch, and no packet is asked for its way. Single user: its worker.
 */
public final class ShortCut {
    private final int worker;
    private final PortQueue[] queues;

    /** Takes the queues by port id; those of ports that the worker sends for are used. */
    public ShortCut(final int worker, final PortQueue[] queues) {
        this.worker = worker;
        this.queues = queues.clone();
    }

    /** Makes all departures ready, or leaves them to schedule. */
    public void process(final Departures departures, final WorkerPorts ports) {
        final int count = departures.count;
        if (count == 0 || !isOneWay(departures.target, count)) {
            return;
        }
        final int target = departures.target[0];
        if (target < 0 || ports.owner(target) != worker) {
            return;
        }
        final PortQueue queue = queues[target];
        final ReadyBatch ready = queue.ready();
        if (queue.isDirect() && ready.capacity - ready.count >= count) {
            ready.add(departures, 0, count);
            departures.count = 0;
        }
    }

    private static boolean isOneWay(final int[] targets, final int count) {
        final int first = targets[0];
        int differences = 0;
        for (int k = 0; k < count; k++) {
            differences |= targets[k] ^ first;
        }
        return differences == 0;
    }
}

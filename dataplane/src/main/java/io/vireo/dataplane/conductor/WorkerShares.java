package io.vireo.dataplane.conductor;

import io.vireo.dataplane.port.LinkStates;
import io.vireo.dataplane.port.WorkerPorts;
import io.vireo.dataplane.port.WorkerPortsSlot;
import io.vireo.dataplane.wire.layout.SharedLimits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives each worker its share of the ports: receive queues are dealt to the workers round robin; one worker sends for each port.
 * Allocates each worker's new {@link WorkerPorts}. Single user: the conductor.
 */
final class WorkerShares {
    private final WorkerPortsSlot[] workers;
    private final LinkStates links;

    WorkerShares(WorkerPortsSlot[] workers, LinkStates links) {
        this.workers = workers.clone();
        this.links = links;
    }

    /** @param ports by id; null where there is none. */
    void publish(@Nullable PluggedPort[] ports) {
        int[] owners = new int[ports.length];
        Arrays.fill(owners, WorkerPorts.NO_OWNER);
        List<List<WorkerPorts.Receiver>> receivers = new ArrayList<>();
        List<List<WorkerPorts.Sender>> senders = new ArrayList<>();
        for (int worker = 0; worker < workers.length; worker++) {
            receivers.add(new ArrayList<>());
            senders.add(new ArrayList<>());
        }
        for (int id = 0; id < ports.length; id++) {
            PluggedPort port = ports[id];
            if (port != null) {
                owners[id] = SharedLimits.transmitWorker(id, workers.length);
                senders.get(owners[id]).add(new WorkerPorts.Sender(id, port.isOpen() ? port.txQueue() : null));
                int rxQueues = port.isOpen() ? port.request().rxQueues() : 0;
                for (int queue = 0; queue < rxQueues; queue++) {
                    int worker = (id + queue) % workers.length;
                    receivers.get(worker).add(new WorkerPorts.Receiver(id, port.rxQueue(queue)));
                }
            }
        }
        for (int worker = 0; worker < workers.length; worker++) {
            workers[worker].publish(new WorkerPorts(receivers.get(worker), senders.get(worker), owners, links));
        }
    }
}

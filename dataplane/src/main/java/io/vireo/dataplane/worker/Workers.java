package io.vireo.dataplane.worker;

import io.vireo.dataplane.forwarding.ForwardingTables;
import io.vireo.dataplane.path.EpochClock;
import io.vireo.dataplane.port.WorkerPortsSlot;
import io.vireo.dataplane.wire.memory.SharedMemory;
import io.vireo.dpdk.Mempool;
import java.util.ArrayList;
import java.util.List;

/** Makes the workers of a data plane. */
public final class Workers {
    private Workers() {}

    /** One worker per slot, joined by hand-over rings. Takes all their memory. */
    public static List<Worker> create(
            SharedMemory memory, ForwardingTables tables, Mempool pool, WorkerPortsSlot[] slots, HandoverRings rings) {
        EpochClock clock = new EpochClock(System.currentTimeMillis(), System.nanoTime());
        List<Worker> workers = new ArrayList<>();
        for (int id = 0; id < slots.length; id++) {
            workers.add(new Worker(new WorkerParts(id, memory, tables, pool, slots[id], rings, clock)));
        }
        return workers;
    }
}

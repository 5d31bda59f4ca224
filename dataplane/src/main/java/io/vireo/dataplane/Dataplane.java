package io.vireo.dataplane;

import io.vireo.dataplane.conductor.Conductor;
import io.vireo.dataplane.conductor.ConductorFactory;
import io.vireo.dataplane.forwarding.ForwardingTables;
import io.vireo.dataplane.port.WorkerPorts;
import io.vireo.dataplane.port.WorkerPortsSlot;
import io.vireo.dataplane.warmup.Warmup;
import io.vireo.dataplane.wire.counters.SystemCounter;
import io.vireo.dataplane.wire.layout.SharedLayout;
import io.vireo.dataplane.wire.memory.SharedMemory;
import io.vireo.dataplane.wire.memory.SharedMemoryContext;
import io.vireo.dataplane.wire.memory.SharedMemoryException;
import io.vireo.dataplane.worker.HandoverRings;
import io.vireo.dataplane.worker.Worker;
import io.vireo.dataplane.worker.Workers;
import io.vireo.dpdk.DpdkException;
import io.vireo.dpdk.Eal;
import io.vireo.dpdk.Mempool;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;

/**
 * A running data plane: one conductor and its workers, each a thread, and all memory they share. Made and closed by one thread.
 */
final class Dataplane implements AutoCloseable {
    private final DataplaneLock lock;
    private final Eal eal;
    private final Mempool pool;
    private final SharedMemory memory;
    private final HandoverRings rings;
    private final List<AgentRunner> workers = new ArrayList<>();
    private final AgentRunner conductor;

    private Dataplane(Context context, DataplaneLock lock, Eal eal) {
        this.lock = lock;
        this.eal = eal;
        pool = PacketMemory.createPool(context);
        memory = SharedMemory.create(
                new SharedMemoryContext().path(context.sharedFile()).limits(context.sharedLimits()));
        rings = new HandoverRings(context.workers());
        ForwardingTables tables = ForwardingTables.create(context.limits(), context.scheduling());
        WorkerPortsSlot[] slots = slots(context.workers());
        for (Worker worker : Workers.create(memory, tables, pool, slots, rings)) {
            workers.add(runner(context.workerIdle(), worker));
        }
        Conductor agent = ConductorFactory.create(memory, tables, context.limits(), pool, slots, context.maxFrameMtu());
        conductor = runner(context.conductorIdle(), agent);
    }

    /** Takes the lock, starts DPDK, takes all memory and starts the threads. */
    static Dataplane start(Context context) {
        StartTimes times = new StartTimes(System.nanoTime());
        context.workerCores().forEach(Threads::requireUsable);
        Threads.requireUsable(context.conductorCore());
        DataplaneLock lock = DataplaneLock.take(context);
        try {
            return start(context, lock, times);
        } catch (RuntimeException e) {
            lock.close(); // or its file would name a process that is no more
            throw e;
        }
    }

    private static Dataplane start(Context context, DataplaneLock lock, StartTimes times) {
        Eal eal = Eal.start(context.eal());
        times.done("DPDK", System.nanoTime());
        Dataplane dataplane = new Dataplane(context, lock, eal);
        times.done("memory", System.nanoTime());
        dataplane.warmUp(context);
        times.done("warm-up", System.nanoTime());
        dataplane.startThreads(context);
        dataplane.memory.ready();
        times.done("threads", System.nanoTime());
        ProcessLog.write(times.toString());
        return dataplane;
    }

    /** Has the path compiled for forwarding. A data plane that could not warm up forwards all the same, slowly at first. */
    private void warmUp(Context context) {
        if (context.warmUpNs() == 0) {
            return;
        }
        Thread thread = Thread.ofPlatform().name("warm-up").start(() -> {
            try {
                Warmup.run(context.directory(), pool, context.warmUpNs());
            } catch (IOException | DpdkException | SharedMemoryException e) {
                ProcessLog.write("no warm-up: " + e.getMessage());
            }
        });
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void startThreads(Context context) {
        ThreadRank workerRank = ThreadRank.ofWorkers(context);
        for (int id = 0; id < workers.size(); id++) {
            int core =
                    context.workerCores().isEmpty() ? -1 : context.workerCores().get(id);
            AgentRunner.startOnThread(workers.get(id), runnable -> Threads.create(runnable, core, workerRank));
        }
        AgentRunner.startOnThread(
                conductor, runnable -> Threads.create(runnable, context.conductorCore(), ThreadRank.ORDINARY));
    }

    private static WorkerPortsSlot[] slots(int workers) {
        WorkerPortsSlot[] slots = new WorkerPortsSlot[workers];
        for (int id = 0; id < workers; id++) {
            slots[id] = new WorkerPortsSlot(WorkerPorts.none(SharedLayout.MAX_PORTS));
        }
        return slots;
    }

    private AgentRunner runner(IdleChoice idle, Agent agent) {
        return new AgentRunner(
                idle.create(),
                error -> memory.errorLog().record(error),
                memory.systemCounters().get(SystemCounter.ERRORS),
                agent);
    }

    /** Packet buffers that somebody holds: for audits. */
    int buffersInUse() {
        return pool.inUseCount();
    }

    /** Stops workers, then the conductor, which unplugs the ports; then gives everything back. */
    @Override
    public void close() {
        workers.forEach(AgentRunner::close);
        rings.discardAll();
        conductor.close();
        memory.close();
        eal.close();
        lock.close();
    }
}

package io.vireo.bench.forward;

import io.vireo.bench.process.ChildProcesses;
import io.vireo.dataplane.wire.command.DataplaneProxy;
import io.vireo.dataplane.wire.event.EventAdapter;
import io.vireo.dataplane.wire.memory.SharedMemory;
import io.vireo.dataplane.wire.memory.SharedMemoryException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A data plane process that was just started. One thread.
 *
 * @param process the process
 * @param execNs when it was to be started, by {@link System#nanoTime}: forking counts
 * @param directory its node's directory, which goes with it
 * @param log receives what it prints
 */
public record LaunchedVireo(Process process, long execNs, Path directory, Path log) implements AutoCloseable {
    private static final long DEADLINE_NS = TimeUnit.SECONDS.toNanos(30);
    private static final long BARRIER_DEADLINE_NS = TimeUnit.SECONDS.toNanos(20);
    private static final int EVENTS_AT_ONCE = 64;

    /** Between two polls for an answer: the conductor may be on the same CPU. */
    private static final long PAUSE_NS = 20_000;

    /** Starts it and returns at once. */
    public static LaunchedVireo launch(List<String> command, Path directory, Path log) throws IOException {
        long execNs = System.nanoTime();
        return new LaunchedVireo(ChildProcesses.start(command, log), execNs, directory, log);
    }

    /**
     * Waits until it takes commands; looks every millisecond.
     *
     * @throws IOException when it does not
     */
    public SharedMemory awaitReady() throws IOException, InterruptedException {
        Path file = directory.resolve("dataplane.shm");
        long deadlineNs = System.nanoTime() + DEADLINE_NS;
        while (true) {
            try {
                return SharedMemory.map(file);
            } catch (SharedMemoryException e) {
                if (!process.isAlive() || System.nanoTime() > deadlineNs) {
                    throw new IOException("the data plane did not start; see " + log, e);
                }
                TimeUnit.MILLISECONDS.sleep(1);
            }
        }
    }

    /**
     * Waits until all commands that were sent are in force.
     *
     * @param memory what {@link #awaitReady} returned
     * @param proxy what sent them
     * @throws IOException when one was refused, or it does not answer
     */
    public void awaitBarrier(SharedMemory memory, DataplaneProxy proxy) throws IOException {
        long barrier = proxy.nextCorrelationId();
        BarrierWaiter waiter = new BarrierWaiter(barrier);
        EventAdapter events = new EventAdapter(memory, waiter);
        WorkloadCommands.require(proxy.barrier(barrier));
        long deadlineNs = System.nanoTime() + BARRIER_DEADLINE_NS;
        while (!waiter.reached()) {
            if (events.poll(EVENTS_AT_ONCE) == 0) {
                LockSupport.parkNanos(PAUSE_NS);
            }
            if (System.nanoTime() > deadlineNs || !process.isAlive()) {
                throw new IOException("the configuration was not applied: " + waiter.errors());
            }
        }
        if (!waiter.errors().isEmpty()) {
            throw new IOException("the data plane refused: " + waiter.errors());
        }
    }

    /** Ends it and removes its directory. */
    @Override
    public void close() {
        ChildProcesses.end(process);
        ChildProcesses.remove(directory);
    }
}

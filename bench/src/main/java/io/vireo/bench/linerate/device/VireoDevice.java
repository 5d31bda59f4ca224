package io.vireo.bench.linerate.device;

import io.vireo.bench.linerate.traffic.Rewrite;
import io.vireo.bench.process.Children;
import io.vireo.bench.report.NotMeasuredException;
import io.vireo.control.supervisor.JvmCommand;
import io.vireo.dataplane.wire.SharedMemory;
import io.vireo.dataplane.wire.SharedMemoryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Vireo's real data plane process, told what to do through its shared memory, as control does.
 *
 * @param rewrite what it makes of a frame
 * @param wire its ports
 * @param flows how many flows, a route for each
 * @param core CPU of the forwarding worker
 * @param conductorCore CPU of the conductor
 * @param log receives what it prints
 */
record VireoDevice(Rewrite rewrite, WireEnds wire, int flows, int core, int conductorCore, Path log) implements Device {
    private static final long START_DEADLINE_NS = TimeUnit.SECONDS.toNanos(30);

    @Override
    public String name() {
        return "vireo";
    }

    @Override
    public String work() {
        return "one virtual router, longest-prefix match, neighbour, TTL, checksum, rewrite, counters";
    }

    @Override
    public RunningDevice start() throws IOException, InterruptedException {
        wire.makeRoomForDevice();
        Path shared = Files.createTempDirectory(Path.of("/dev/shm"), "vireo-bench-");
        List<String> settings = List.of(
                "vireo.workers=1",
                "vireo.worker.cores=" + core,
                "vireo.conductor.core=" + conductorCore,
                "vireo.idle=busy-spin",
                "vireo.conductor.idle=backoff", // it shares the generator's CPU
                "vireo.memory.mb=" + Devices.MEMORY_MEGABYTES,
                "vireo.mbufs=" + Devices.MBUFS);
        Process process = Children.start(JvmCommand.dataPlane("bench", shared, settings), log);
        try {
            RunningVireo running =
                    new RunningVireo(process, shared, awaitReady(process, shared.resolve("dataplane.shm")));
            running.configure(wire, flows);
            return running;
        } catch (InterruptedException | RuntimeException e) {
            Children.end(process);
            RunningVireo.removeDirectory(shared);
            throw e;
        }
    }

    private SharedMemory awaitReady(Process process, Path file) throws InterruptedException {
        long deadlineNs = System.nanoTime() + START_DEADLINE_NS;
        while (true) {
            try {
                return SharedMemory.map(file);
            } catch (SharedMemoryException e) {
                if (!process.isAlive() || System.nanoTime() > deadlineNs) {
                    throw new NotMeasuredException("the data plane did not start; see " + log);
                }
                TimeUnit.MILLISECONDS.sleep(2);
            }
        }
    }
}

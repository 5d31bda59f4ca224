package io.vireo.bench.forward;

import io.vireo.control.supervisor.JvmCommand;
import io.vireo.dataplane.wire.SharedMemory;
import io.vireo.dataplane.wire.SharedMemoryException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Vireo's real data plane process, told what to do through its shared memory, as control does: one virtual router per flow,
 * each with an interface for the flow's VLAN, one for the VLAN it leaves by, a neighbour there and a route.
 *
 * @param flows the offered load
 * @param capture its frames
 * @param core CPU of the forwarding worker
 * @param conductorCore CPU of the conductor
 * @param directory receives its log and its shared memory
 */
record VireoContender(Flows flows, Path capture, int core, int conductorCore, Path directory) implements Contender {
    private static final long START_DEADLINE_NS = TimeUnit.SECONDS.toNanos(30);

    @Override
    public String name() {
        return "vireo";
    }

    @Override
    public String work() {
        return flows.count() + " virtual routers by VLAN, longest-prefix match in each, TTL, checksum, rewrite, re-tag";
    }

    @Override
    public Forwarder start() throws IOException, InterruptedException {
        Path shared = Files.createTempDirectory(Path.of("/dev/shm"), "vireo-bench-");
        List<String> settings = List.of(
                "vireo.workers=1",
                "vireo.worker.cores=" + core,
                "vireo.conductor.core=" + conductorCore,
                "vireo.idle=busy-spin",
                "vireo.memory.mb=" + ForwardBench.MEMORY_MEGABYTES,
                "vireo.mbufs=" + ForwardBench.MBUFS);
        Path log = directory.resolve("vireo.log");
        Process process = new ProcessBuilder(JvmCommand.dataPlane("bench", shared, settings))
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            SharedMemory memory = awaitReady(process, shared.resolve("dataplane.shm"), log);
            VireoForwarder forwarder = new VireoForwarder(process, shared, memory, flows);
            forwarder.configure("net_pcap_p0,rx_pcap=" + capture + ",infinite_rx=1");
            return forwarder;
        } catch (IOException | InterruptedException | RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private static SharedMemory awaitReady(Process process, Path file, Path log)
            throws IOException, InterruptedException {
        long deadlineNs = System.nanoTime() + START_DEADLINE_NS;
        while (true) {
            try {
                return SharedMemory.map(file);
            } catch (SharedMemoryException e) {
                if (!process.isAlive() || System.nanoTime() > deadlineNs) {
                    throw new IOException("the data plane did not start; see " + log, e);
                }
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
    }
}

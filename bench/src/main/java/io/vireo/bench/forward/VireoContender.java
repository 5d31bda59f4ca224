package io.vireo.bench.forward;

import io.vireo.bench.process.Children;
import io.vireo.bench.report.NotMeasuredException;
import io.vireo.control.supervisor.JvmCommand;
import io.vireo.dataplane.wire.SharedMemory;
import io.vireo.dataplane.wire.SharedMemoryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Vireo's real data plane process, told what to do through its shared memory, as control does.
 *
 * @param workload its routers, routes and packets
 * @param sizes lengths of the frames
 * @param core CPU of the forwarding worker
 * @param conductorCore CPU of the conductor
 * @param directory receives captures and its log
 */
record VireoContender(Workload workload, FrameSizes sizes, int core, int conductorCore, Path directory)
        implements Contender {
    private static final long START_DEADLINE_NS = TimeUnit.SECONDS.toNanos(30);
    private static final long CAPTURE_DEADLINE_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long CAPTURED_BYTES = 4 << 20;
    private static final int MOST_CHECKED = 20_000;
    private static final int LEAST_CHECKED = 500;

    @Override
    public String name() {
        return workload.name();
    }

    @Override
    public Forwarder start() throws IOException, InterruptedException {
        return start("");
    }

    /**
     * Lets it forward into files for a moment and decodes what it sent.
     *
     * @return how many frames were decoded, all of them right
     * @throws NotMeasuredException when one was wrong, or hardly any was sent
     */
    int checkFrames() throws IOException, InterruptedException {
        try {
            forwardIntoFiles();
            return decodeFiles();
        } finally {
            for (int port = 0; port < workload.topology().ports(); port++) {
                Files.deleteIfExists(sent(port));
            }
        }
    }

    private void forwardIntoFiles() throws IOException, InterruptedException {
        try (Forwarder _ = start("sent")) {
            long deadlineNs = System.nanoTime() + CAPTURE_DEADLINE_NS;
            while (Files.size(sent(0)) < CAPTURED_BYTES && System.nanoTime() < deadlineNs) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
        }
    }

    private int decodeFiles() throws IOException {
        ForwardedFrames expected = new ForwardedFrames(workload.routes());
        int checked = 0;
        for (int port = 0; port < workload.topology().ports(); port++) {
            for (byte[] frame : CaptureFile.read(sent(port), MOST_CHECKED)) {
                expected.check(port, frame);
                checked++;
            }
        }
        if (checked < LEAST_CHECKED) {
            throw new NotMeasuredException(name() + " sent " + checked + " frames in all");
        }
        return checked;
    }

    private Path sent(int port) {
        return directory.resolve("sent-" + port + ".pcap");
    }

    /** @param mode {@code sent} keeps in files what is sent; else it is dropped after counting */
    private Forwarder start(String mode) throws IOException, InterruptedException {
        Path shared = Files.createTempDirectory(Path.of("/dev/shm"), "vireo-bench-");
        List<String> settings = List.of(
                "vireo.workers=1",
                "vireo.worker.cores=" + core,
                "vireo.conductor.core=" + conductorCore,
                "vireo.idle=busy-spin",
                "vireo.max.routers=16384",
                "vireo.max.interfaces=32768",
                "vireo.memory.mb=" + ForwardLimits.MEMORY_MEGABYTES,
                "vireo.mbufs=" + ForwardLimits.MBUFS);
        Path log = directory.resolve("vireo.log");
        Process process = Children.start(JvmCommand.dataPlane("bench", shared, settings), log);
        try {
            SharedMemory memory = awaitReady(process, shared.resolve("dataplane.shm"), log);
            VireoForwarder forwarder = new VireoForwarder(process, shared, memory, workload);
            forwarder.configure(devices(mode));
            return forwarder;
        } catch (IOException | InterruptedException | RuntimeException e) {
            Children.end(process);
            throw e;
        }
    }

    private List<String> devices(String mode) throws IOException {
        List<String> devices = new ArrayList<>();
        for (int port = 0; port < workload.topology().ports(); port++) {
            Path offered = directory.resolve("offered-" + port + ".pcap");
            CaptureFile.write(offered, workload.frames(port, sizes));
            String keep = mode.isEmpty() ? "" : ",tx_pcap=" + sent(port);
            devices.add("net_pcap_p" + port + ",rx_pcap=" + offered + keep + ",infinite_rx=1");
        }
        return devices;
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

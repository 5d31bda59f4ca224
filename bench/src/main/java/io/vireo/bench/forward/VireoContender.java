package io.vireo.bench.forward;

import io.vireo.bench.pcap.PcapFile;
import io.vireo.bench.process.ChildProcesses;
import io.vireo.bench.report.NotMeasuredException;
import io.vireo.bench.report.ProgressLog;
import io.vireo.control.supervisor.JvmCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * Vireo's real data plane process, programmed through its shared memory, as control does.
 *
 * @param workload its routers, routes and packets
 * @param sizes lengths of the frames
 * @param cpus what its threads run on
 * @param pages where packets lie
 * @param directory receives captures and its log
 */
public record VireoContender(Workload workload, FrameSizes sizes, Cpus cpus, Pages pages, Path directory)
        implements Contender {
    private static final long CAPTURE_DEADLINE_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long CAPTURED_BYTES = 4 << 20;
    private static final int MAX_CHECKED_FRAMES = 20_000;
    private static final int MIN_CHECKED_FRAMES = 500;

    /** With {@link Pages#ORDINARY}. */
    public VireoContender(Workload workload, FrameSizes sizes, Cpus cpus, Path directory) {
        this(workload, sizes, cpus, Pages.ORDINARY, directory);
    }

    @Override
    public String name() {
        return workload.name() + pages.suffix();
    }

    @Override
    public VireoForwarder start() throws IOException, InterruptedException {
        return start(dropping());
    }

    /** The mean length of the frames it is offered, with FCS, rounded: of a decapsulation these are outer packets' frames. */
    int meanFrameBytes() {
        double meanBytes = workload.frames(0, sizes).stream()
                .mapToInt(frame -> frame.length)
                .average()
                .orElseThrow();
        return (int) Math.round(meanBytes) + FrameSizes.FCS_BYTES;
    }

    /** What becomes of the frames sent: they are counted and dropped. The files of the frames to come are written. */
    public List<String> dropping() throws IOException {
        return devices(_ -> "");
    }

    private List<String> keeping() throws IOException {
        return devices(port -> ",tx_pcap=" + sent(port));
    }

    /**
     * Lets it forward into files for a moment, decodes what it sent, and says how many frames that were.
     *
     * @throws NotMeasuredException when one was wrong, or a port sent hardly any
     */
    public void checkFrames(ProgressLog progress) throws IOException, InterruptedException {
        try {
            forwardIntoFiles();
            progress.say(name() + ", " + sizes.name() + ": " + decodeFiles() + " forwarded frames decoded, all right");
        } finally {
            for (int port = 0; port < workload.topology().ports(); port++) {
                Files.deleteIfExists(sent(port));
            }
        }
    }

    private void forwardIntoFiles() throws IOException, InterruptedException {
        try (VireoForwarder _ = start(keeping())) {
            long deadlineNs = System.nanoTime() + CAPTURE_DEADLINE_NS;
            while (minSentBytes() < CAPTURED_BYTES && System.nanoTime() < deadlineNs) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
        }
    }

    private long minSentBytes() throws IOException {
        long minBytes = Long.MAX_VALUE;
        for (int port = 0; port < workload.topology().ports(); port++) {
            minBytes = Math.min(minBytes, Files.size(sent(port)));
        }
        return minBytes;
    }

    /** How many were decoded, all of them right. */
    private int decodeFiles() throws IOException {
        ForwardedFrames expected = new ForwardedFrames(workload, sizes);
        int checked = 0;
        for (int port = 0; port < workload.topology().ports(); port++) {
            int sender = port;
            List<PcapFile.Frame> frames =
                    PcapFile.read(sent(port), MAX_CHECKED_FRAMES).frames();
            if (frames.size() < MIN_CHECKED_FRAMES) {
                throw new NotMeasuredException(name() + " sent " + frames.size() + " frames by port " + port);
            }
            frames.forEach(frame -> expected.check(sender, frame.bytes()));
            checked += frames.size();
        }
        return checked;
    }

    private Path sent(int port) {
        return directory.resolve("sent-" + port + ".pcap");
    }

    private VireoForwarder start(List<String> devices) throws IOException, InterruptedException {
        VireoForwarder forwarder = awaitReady(launch());
        try {
            forwarder.plug(devices);
            forwarder.configure();
            return forwarder;
        } catch (IOException | RuntimeException e) {
            forwarder.close();
            throw e;
        }
    }

    /** Waits until a launched process takes commands; ends it when it does not. */
    public VireoForwarder awaitReady(LaunchedVireo launched) throws IOException, InterruptedException {
        try {
            return new VireoForwarder(launched, launched.awaitReady(), this);
        } catch (IOException | InterruptedException | RuntimeException e) {
            launched.close();
            throw e;
        }
    }

    /** Starts the process and returns at once. */
    public LaunchedVireo launch() throws IOException {
        Path shared = ChildProcesses.directory("vireo-bench-");
        return LaunchedVireo.launch(
                JvmCommand.dataPlane("bench", shared, settings()), shared, directory.resolve("vireo.log"));
    }

    /** The conductor sleeps while there is nothing to do: on a small machine the JIT and the benchmark share its CPU. */
    private List<String> settings() {
        return List.of(
                "vireo.workers=" + cpus.workers().size(),
                "vireo.worker.cores="
                        + cpus.workers().stream().map(String::valueOf).collect(Collectors.joining(",")),
                "vireo.conductor.core=" + cpus.conductor(),
                "vireo.idle=busy-spin",
                "vireo.conductor.idle=backoff",
                "vireo.max.routers=16384",
                "vireo.max.interfaces=32768",
                pages.setting(),
                "vireo.memory.mb=" + ForwardLimits.MEMORY_MEGABYTES,
                "vireo.mbufs=" + ForwardLimits.MBUFS);
    }

    /** @param kept what is added to a port's arguments, for what it is sent */
    private List<String> devices(IntFunction<String> kept) throws IOException {
        List<String> devices = new ArrayList<>();
        for (int port = 0; port < workload.topology().ports(); port++) {
            Path offered = directory.resolve("offered-" + port + ".pcap");
            PcapFile.write(offered, workload.frames(port, sizes));
            devices.add("net_pcap_p" + port + ",rx_pcap=" + offered + kept.apply(port) + ",infinite_rx=1");
        }
        return devices;
    }
}

package io.vireo.bench.demo.lab;

import io.vireo.bench.pcap.PcapFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Captures every frame on a host's interface, in both directions, until it is stopped. */
public final class HostCapture {
    private static final long QUIET_MS = 300;
    private static final long START_DEADLINE_NS = TimeUnit.SECONDS.toNanos(10);

    private final Path file;
    private final Process tcpdump;

    private HostCapture(Path file, Process tcpdump) {
        this.file = file;
        this.tcpdump = tcpdump;
    }

    /** Starts capturing; returns when frames are being captured. */
    public static HostCapture start(Lab lab, Host host, Path directory) throws IOException, InterruptedException {
        Path file = directory.resolve(host.namespace() + ".pcap");
        String name = "tcpdump-" + host.namespace();
        Process tcpdump = lab.start(
                name,
                host.command(
                        "tcpdump",
                        "-Z",
                        "root",
                        "-i",
                        "eth0",
                        "--immediate-mode",
                        "-U",
                        "-s",
                        "256",
                        "-B",
                        "8192",
                        "-w",
                        file.toString()));
        long deadlineNs = System.nanoTime() + START_DEADLINE_NS;
        while (!lab.logOf(name).contains("listening on")) {
            if (!tcpdump.isAlive() || System.nanoTime() > deadlineNs) {
                throw new IOException("tcpdump on " + host.namespace() + " does not capture: "
                        + lab.logOf(name).strip());
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return new HostCapture(file, tcpdump);
    }

    /** Stops capturing, once nothing more comes in, and returns the frames. */
    public PcapFile stop() throws IOException, InterruptedException {
        long size = -1;
        while (Files.size(file) > size) {
            size = Files.size(file);
            TimeUnit.MILLISECONDS.sleep(QUIET_MS);
        }
        tcpdump.destroy();
        tcpdump.waitFor();
        return PcapFile.read(file);
    }
}

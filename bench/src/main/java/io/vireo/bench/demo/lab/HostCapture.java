package io.vireo.bench.demo.lab;

import io.vireo.bench.pcap.PcapFile;
import io.vireo.control.process.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Captures every frame on an interface, a host's or another, in both directions, until it is stopped. */
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
        return start(lab, host.namespace(), host.command(tcpdump("eth0", file)), file);
    }

    /** The same with a device that is in no host. */
    public static HostCapture ofDevice(Lab lab, String device, Path directory)
            throws IOException, InterruptedException {
        Path file = directory.resolve(device + ".pcap");
        return start(lab, device, Command.of(tcpdump(device, file)), file);
    }

    private static String[] tcpdump(String device, Path file) {
        return new String[] {
            "tcpdump",
            "-Z",
            "root",
            "-i",
            device,
            "--immediate-mode",
            "-U",
            "-s",
            "256",
            "-B",
            "8192",
            "-w",
            file.toString()
        };
    }

    private static HostCapture start(Lab lab, String where, Command command, Path file)
            throws IOException, InterruptedException {
        String name = "tcpdump-" + where;
        Process tcpdump = lab.start(name, command);
        long deadlineNs = System.nanoTime() + START_DEADLINE_NS;
        while (!lab.logOf(name).contains("listening on")) {
            if (!tcpdump.isAlive() || System.nanoTime() > deadlineNs) {
                throw new IOException("tcpdump on " + where + " does not capture: "
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

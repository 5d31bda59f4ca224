package io.vireo.bench.forward;

import io.vireo.bench.process.ChildProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A C program of DPDK's: its EAL arguments are the same for all, so that memory and device are.
 *
 * @param name its name in reports
 * @param program path or name of the executable
 * @param lcores its {@code -l}
 * @param thread name of the thread that forwards
 * @param pages where packets lie
 * @param captures the frames it forwards, a file for each port
 * @param arguments its own, after {@code --}
 * @param directory receives its log
 */
record DpdkContender(
        String name,
        String program,
        String lcores,
        String thread,
        Pages pages,
        List<Path> captures,
        List<String> arguments,
        Path directory)
        implements Contender {
    private static final long START_DEADLINE_NS = TimeUnit.SECONDS.toNanos(20);

    @Override
    public Forwarder start() throws IOException, InterruptedException {
        String fileName = name.replace(' ', '-');
        String filePrefix =
                "vireo-bench-" + fileName + "-" + ProcessHandle.current().pid();
        Path log = directory.resolve(fileName + ".log");
        Process process = ChildProcesses.start(command(filePrefix), log);
        Path socket = Path.of("/var/run/dpdk", filePrefix, "dpdk_telemetry.v2");
        long deadlineNs = System.nanoTime() + START_DEADLINE_NS;
        while (!Files.exists(socket)) {
            if (!process.isAlive() || System.nanoTime() > deadlineNs) {
                ChildProcesses.end(process);
                throw new IOException(name + " did not start; see " + log);
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
        return new DpdkForwarder(
                process, new Telemetry(filePrefix), captures.size(), new PollingThread(process.pid(), thread));
    }

    private List<String> command(String filePrefix) {
        List<String> command = new ArrayList<>(List.of(
                program,
                "-l",
                lcores,
                pages.ealArgument(),
                "-m",
                Integer.toString(ForwardLimits.MEMORY_MEGABYTES),
                "--no-pci",
                "--file-prefix=" + filePrefix));
        for (int port = 0; port < captures.size(); port++) {
            command.add("--vdev=net_pcap" + port + ",rx_pcap=" + captures.get(port) + ",infinite_rx=1");
        }
        command.add("--");
        command.addAll(arguments);
        return command;
    }

    /** A running program and the way to its counters. */
    private record DpdkForwarder(Process process, Telemetry telemetry, int ports, PollingThread thread)
            implements Forwarder {
        @Override
        public List<PacketCounts> counts() throws IOException {
            return List.of(telemetry.counts(ports, thread));
        }

        @Override
        public void verify() {
            // A packet that was sent was sent by its own port, for routes lead to none other: the totals say all there
            // is to say.
        }

        @Override
        public void close() {
            telemetry.close();
            ChildProcesses.end(process);
        }
    }
}

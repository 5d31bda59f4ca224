package io.vireo.bench.demo.lab;

import io.vireo.bench.process.ChildProcesses;
import io.vireo.control.process.Command;
import java.time.Duration;

/**
 * iperf3 sends more UDP than the line takes, until it is closed. Not TCP: it would now and then leave a guarantee unused for a
 * moment, and the other VPN would rightly have it.
 */
public final class Flood implements AutoCloseable {
    /** A fifth more than the line's whole rate. */
    private static final long BITS_PER_SECOND = ShapedLine.BITS_PER_SECOND * 6 / 5;

    /** Fills an IPv4 packet of 1,500 bytes. */
    private static final int PAYLOAD_BYTES = 1_472;

    /** Frames of a flood that come in by its port. */
    public static final double PACKETS_PER_SECOND = (double) BITS_PER_SECOND / Byte.SIZE / PAYLOAD_BYTES;

    /** Frames in the receive ring of an af_packet port: the default of DPDK's driver. */
    public static final int PORT_RING_FRAMES = 512;

    private static final int MAX_SECONDS = 120;
    private static final Duration START_DEADLINE = Duration.ofSeconds(10);

    private final IperfServer server;
    private final Process client;

    private Flood(IperfServer server, Process client) {
        this.server = server;
        this.client = client;
    }

    /**
     * Starts a flood; returns when data flows.
     *
     * @param name names the logs
     */
    public static Flood start(Lab lab, String name, Host from, Host to) throws InterruptedException {
        String clientName = "iperf3-client-" + name;
        IperfServer server = IperfServer.start(lab, "iperf3-server-" + name, to);
        Command sending = from.command(
                "iperf3",
                "-c",
                to.address(IpFamily.IPV4),
                "-t",
                Integer.toString(MAX_SECONDS),
                "-u",
                "-b",
                Long.toString(BITS_PER_SECOND),
                "-l",
                Integer.toString(PAYLOAD_BYTES),
                "--connect-timeout",
                "2000",
                "--forceflush");
        Flood flood = new Flood(server, lab.start(clientName, sending));
        if (!DemoNode.await(START_DEADLINE, () -> lab.logOf(clientName).contains(" sec "))) {
            flood.close();
            throw new IllegalStateException(
                    "iperf3 sends nothing: " + lab.logOf(clientName).strip());
        }
        return flood;
    }

    /** The threads that send. */
    public ThreadSet senders() {
        return ThreadSet.of(client.pid());
    }

    @Override
    public void close() {
        ChildProcesses.end(client);
        server.close();
    }
}

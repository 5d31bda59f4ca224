package io.vireo.bench.demo.checks;

import io.vireo.bench.demo.lab.DemoCheck;
import io.vireo.bench.demo.lab.DemoNode;
import io.vireo.bench.demo.lab.Disturbance;
import io.vireo.bench.demo.lab.DisturbanceMonitor;
import io.vireo.bench.demo.lab.Excuse;
import io.vireo.bench.demo.lab.Host;
import io.vireo.bench.demo.lab.IperfServer;
import io.vireo.bench.demo.lab.Lab;
import io.vireo.bench.demo.lab.Outcome;
import io.vireo.bench.demo.lab.ThreadSet;
import io.vireo.bench.process.ChildProcesses;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * iperf3 moves data through the VPN, in one direction, over one transport protocol.
 *
 * <p>Disturbed: lost datagrams, when the worker, or either iperf3, waited for a CPU until so many were on the way that the receiver's
 * socket has no room for them.
 */
public final class Throughput implements DemoCheck {
    /** Far below what the slowest machine reaches, far above what a broken path (one packet per time-out) does. */
    private static final double MIN_TCP_BITS_PER_SECOND = 10e6;

    private static final long UDP_BITS_PER_SECOND = 10_000_000;
    private static final double MAX_UDP_LOSS_PERCENT = 0.5;
    private static final int SECONDS = 2;
    private static final int UDP_PAYLOAD_BYTES = 1_200;

    /** What the kernel grants a socket of what {@link #SOCKET_BUFFER} asks for (net.core.rmem_max), twice, as it counts. */
    private static final int SOCKET_BYTES = 425_984;

    /** What a datagram of {@link #UDP_PAYLOAD_BYTES} takes of it. */
    private static final int DATAGRAM_BYTES = 2_304;

    /** The most that a socket gets on Debian; less, and a busy machine loses datagrams in the receiving host's socket. */
    private static final String SOCKET_BUFFER = "400K";

    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final String SERVER = "iperf3-server";
    private static final String CLIENT = "iperf3-client";

    private final String vpn;
    private final DemoNode node;
    private final Lab lab;
    private final Host client;
    private final Host server;
    private final String serverAddress;
    private final Transport transport;
    private final Direction direction;

    /** The transport protocol. */
    public enum Transport {
        TCP,
        UDP
    }

    /** Who sends. */
    public enum Direction {
        CLIENT_SENDS(">"),
        SERVER_SENDS("<");

        private final String arrow;

        Direction(String arrow) {
            this.arrow = arrow;
        }
    }

    public Throughput(
            String vpn,
            DemoNode node,
            Lab lab,
            Host client,
            Host server,
            String serverAddress,
            Transport transport,
            Direction direction) {
        this.vpn = vpn;
        this.node = node;
        this.lab = lab;
        this.client = client;
        this.server = server;
        this.serverAddress = serverAddress;
        this.transport = transport;
        this.direction = direction;
    }

    @Override
    public String claim() {
        return vpn + ": iperf3 " + transport + " h1 " + direction.arrow + " h2";
    }

    @Override
    public Outcome measure() throws IOException, InterruptedException {
        try (IperfServer iperf = IperfServer.start(lab, SERVER, server)) {
            Process process = lab.start(CLIENT, client.command(arguments()));
            try (DisturbanceMonitor monitor =
                    DisturbanceMonitor.start(node.workers(), iperf.threads(), ThreadSet.of(process.pid()))) {
                boolean hasEnded = process.waitFor(DEADLINE);
                Disturbance disturbance = monitor.stop();
                return hasEnded
                        ? outcome(lab.logOf(CLIENT), disturbance)
                        : Outcome.of(false, "iperf3 did not end in " + DEADLINE.toSeconds() + " s");
            } finally {
                ChildProcesses.end(process);
            }
        }
    }

    private Outcome outcome(String report, Disturbance disturbance) {
        if (!report.startsWith("{")) {
            return Outcome.of(false, report.strip());
        }
        JsonNode json = JsonMapper.builder().build().readTree(report);
        if (!json.path("error").isMissingNode()) {
            return Outcome.of(false, "iperf3: " + json.path("error").asString());
        }
        return transport == Transport.TCP ? tcp(json.path("end")) : udp(json.path("end"), disturbance);
    }

    private String[] arguments() {
        List<String> arguments = new ArrayList<>(List.of(
                "iperf3", "-J", "-c", serverAddress, "-t", Integer.toString(SECONDS), "--connect-timeout", "2000"));
        if (transport == Transport.UDP) {
            // 1,200 bytes: fits every link of the lab, IPv6 too, without fragments.
            arguments.addAll(List.of("-u", "-l", Integer.toString(UDP_PAYLOAD_BYTES)));
            arguments.addAll(List.of("-b", Long.toString(UDP_BITS_PER_SECOND), "-w", SOCKET_BUFFER));
        }
        if (direction == Direction.SERVER_SENDS) {
            arguments.add("-R");
        }
        return arguments.toArray(String[]::new);
    }

    private static Outcome tcp(JsonNode end) {
        double bitsPerSecond = end.path("sum_received").path("bits_per_second").asDouble();
        long retransmits = end.path("sum_sent").path("retransmits").asLong();
        return Outcome.of(
                bitsPerSecond >= MIN_TCP_BITS_PER_SECOND,
                String.format(Locale.ROOT, "%.0f Mbit/s, %d retransmits", bitsPerSecond / 1e6, retransmits));
    }

    static Outcome udp(JsonNode end, Disturbance disturbance) {
        JsonNode sum = end.path("sum");
        double lostPercent = sum.path("lost_percent").asDouble(100);
        long packets = sum.path("packets").asLong();
        return Outcome.of(
                packets > 0 && lostPercent <= MAX_UDP_LOSS_PERCENT,
                packets > 0 ? excuseOfLoss() : Excuse.NONE,
                disturbance,
                String.format(
                        Locale.ROOT,
                        "%.1f Mbit/s, %d of %d datagrams lost (%.2f %%), jitter %.3f ms",
                        sum.path("bits_per_second").asDouble() / 1e6,
                        sum.path("lost_packets").asLong(),
                        packets,
                        lostPercent,
                        sum.path("jitter_ms").asDouble()));
    }

    private static Excuse excuseOfLoss() {
        return Excuse.ofLoss(
                SOCKET_BYTES / DATAGRAM_BYTES, (double) UDP_BITS_PER_SECOND / Byte.SIZE / UDP_PAYLOAD_BYTES);
    }
}

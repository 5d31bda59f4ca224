package io.vireo.bench.demo.checks;

import io.vireo.bench.demo.lab.DemoCheck;
import io.vireo.bench.demo.lab.Host;
import io.vireo.bench.demo.lab.IperfServer;
import io.vireo.bench.demo.lab.Lab;
import io.vireo.bench.demo.lab.Outcome;
import io.vireo.control.process.Command;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** iperf3 moves data through the VPN, in one direction, over one transport protocol. */
public final class Throughput implements DemoCheck {
    /** Far below what the slowest machine reaches, far above what a broken path (one packet per time-out) does. */
    private static final double MIN_TCP_BITS_PER_SECOND = 10e6;

    private static final long UDP_BITS_PER_SECOND = 10_000_000;
    private static final double MAX_UDP_LOSS_PERCENT = 0.5;
    private static final int SECONDS = 2;
    private static final String SERVER = "iperf3-server";

    private final String vpn;
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
            Lab lab,
            Host client,
            Host server,
            String serverAddress,
            Transport transport,
            Direction direction) {
        this.vpn = vpn;
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
    public Outcome measure() throws InterruptedException {
        try (IperfServer _ = IperfServer.start(lab, SERVER, server)) {
            Command.Result result = runClient();
            if (!result.text().startsWith("{")) {
                return Outcome.of(false, result.text().strip());
            }
            JsonNode report = JsonMapper.builder().build().readTree(result.text());
            if (!report.path("error").isMissingNode()) {
                return Outcome.of(false, "iperf3: " + report.path("error").asString());
            }
            return transport == Transport.TCP ? tcp(report.path("end")) : udp(report.path("end"));
        }
    }

    private Command.Result runClient() {
        List<String> arguments = new ArrayList<>(List.of(
                "iperf3", "-J", "-c", serverAddress, "-t", Integer.toString(SECONDS), "--connect-timeout", "2000"));
        if (transport == Transport.UDP) {
            // 1,200 bytes: fits every link of the lab, IPv6 too, without fragments. 400 kB: the most that a socket gets
            // on
            // Debian; less, and a busy machine loses datagrams in the receiving host's socket.
            arguments.addAll(List.of("-u", "-l", "1200", "-b", Long.toString(UDP_BITS_PER_SECOND), "-w", "400K"));
        }
        if (direction == Direction.SERVER_SENDS) {
            arguments.add("-R");
        }
        return client.command(arguments.toArray(String[]::new))
                .within(Duration.ofSeconds(20))
                .run();
    }

    private static Outcome tcp(JsonNode end) {
        double bitsPerSecond = end.path("sum_received").path("bits_per_second").asDouble();
        long retransmits = end.path("sum_sent").path("retransmits").asLong();
        return Outcome.of(
                bitsPerSecond >= MIN_TCP_BITS_PER_SECOND,
                String.format(Locale.ROOT, "%.0f Mbit/s, %d retransmits", bitsPerSecond / 1e6, retransmits));
    }

    private static Outcome udp(JsonNode end) {
        JsonNode sum = end.path("sum");
        double lostPercent = sum.path("lost_percent").asDouble(100);
        long packets = sum.path("packets").asLong();
        return Outcome.of(
                packets > 0 && lostPercent <= MAX_UDP_LOSS_PERCENT,
                String.format(
                        Locale.ROOT,
                        "%.1f Mbit/s, %d of %d datagrams lost (%.2f %%), jitter %.3f ms",
                        sum.path("bits_per_second").asDouble() / 1e6,
                        sum.path("lost_packets").asLong(),
                        packets,
                        lostPercent,
                        sum.path("jitter_ms").asDouble()));
    }
}

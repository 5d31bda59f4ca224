package io.vireo.control.cli;

import io.vireo.control.model.IpAddress;
import io.vireo.control.model.MacAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code vireo trace}. */
@Command(
        name = "trace",
        description =
                "Shows what happens to a packet, stage by stage: vireo trace --from blue/h1 --src 10.0.1.2 --dst 10.0.2.2. Nothing is sent.")
final class TraceCommand extends ClientCommand {
    /** Source of a traced packet; the outcome depends on the destination only. */
    private static final MacAddress SOURCE_MAC = MacAddress.parse("02:00:00:00:00:fe");

    @Option(
            names = "--from",
            required = true,
            description = "The interface it arrives at.",
            paramLabel = "VPN[/ROUTER]/INTERFACE")
    private String from = "";

    @Option(names = "--src", description = "Source address.", paramLabel = "ADDRESS")
    private @Nullable String source;

    @Option(names = "--dst", description = "Destination address.", paramLabel = "ADDRESS")
    private @Nullable String destination;

    @Option(
            names = "--proto",
            description = "icmp, udp, tcp or a number (default: ${DEFAULT-VALUE}).",
            paramLabel = "PROTOCOL")
    private String protocol = "icmp";

    @Option(names = "--sport", description = "Source port (default: ${DEFAULT-VALUE}).", paramLabel = "PORT")
    private int sourcePort = 40_000;

    @Option(names = "--dport", description = "Destination port (default: ${DEFAULT-VALUE}).", paramLabel = "PORT")
    private int destinationPort = 80;

    @Option(
            names = "--ttl",
            description = "Time to live, or hop limit (default: ${DEFAULT-VALUE}).",
            paramLabel = "HOPS")
    private int ttl = 64;

    @Option(names = "--size", description = "Bytes of payload (default: ${DEFAULT-VALUE}).", paramLabel = "BYTES")
    private int payloadLength = 56;

    @Option(
            names = "--hex",
            description = "The Ethernet frame in hexadecimal, instead of a built one.",
            paramLabel = "FRAME")
    private @Nullable String hex;

    @Option(
            names = "--pcap",
            description = "The first frame of this pcap file, instead of a built one.",
            paramLabel = "FILE")
    private @Nullable Path pcap;

    @Override
    public Integer call() {
        ControlClient client = client();
        String path = InterfaceName.resolve(client, from);
        String body = ControlClient.JSON.writeValueAsString(Map.of("path", path, "frame", frame(client, path)));
        JsonNode report = client.post("/v1/trace", body);
        if (isJson()) {
            printJson(report);
        } else {
            print(report);
        }
        return ExitCode.DONE;
    }

    private String frame(ControlClient client, String path) {
        try {
            if (hex != null) {
                return HexFormat.of().formatHex(HexFormat.of().parseHex(hex.replaceAll("[\\s:]", "")));
            }
            if (pcap != null) {
                return HexFormat.of().formatHex(PcapReader.firstFrame(Files.readAllBytes(pcap)));
            }
            return HexFormat.of().formatHex(build(macOf(client, path)));
        } catch (IllegalArgumentException | IOException e) {
            throw new CliException(ExitCode.USAGE, "the packet cannot be made: " + e.getMessage());
        }
    }

    private byte[] build(MacAddress interfaceMac) {
        if (source == null || destination == null) {
            throw new IllegalArgumentException("say --src and --dst, or --hex, or --pcap");
        }
        return new PacketBuilder(SOURCE_MAC, interfaceMac)
                .addresses(IpAddress.parse(source), IpAddress.parse(destination))
                .ttl(ttl)
                .ports(sourcePort, destinationPort)
                .payload(payloadLength)
                .build(PacketBuilder.Protocol.parse(protocol));
    }

    private static MacAddress macOf(ControlClient client, String path) {
        return client.get("/v1/interfaces")
                .valueStream()
                .filter(candidate -> candidate.path("path").asString().equals(path))
                .map(candidate ->
                        MacAddress.parse(candidate.path("status").path("mac").asString()))
                .findFirst()
                .orElseThrow(() -> new CliException(ExitCode.FAILED, "there is no interface " + path));
    }

    private void print(JsonNode report) {
        Table table = new Table("stage", "verdict", "fields");
        for (JsonNode step : report.path("steps")) {
            List<String> fields = step.path("fields")
                    .propertyStream()
                    .map(field -> field.getKey() + "=" + field.getValue().asString())
                    .toList();
            table.row(
                    step.path("stage").asString().toLowerCase(Locale.ROOT),
                    step.path("verdict").asString().toLowerCase(Locale.ROOT),
                    fields.stream().collect(Collectors.joining(" ")));
        }
        out().print(table.toText());
        String reason = report.path("reason").asString("");
        out().println(report.path("verdict").asString().toLowerCase(Locale.ROOT)
                + (reason.isEmpty() ? "" : " (" + reason + ")")
                + ": "
                + report.path("text").asString(""));
    }
}

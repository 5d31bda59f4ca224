package io.vireo.control.network.watch;

import io.vireo.control.cli.CliException;
import io.vireo.control.cli.ControlClient;
import io.vireo.control.network.watch.NodeReport.LinkReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** Asks nodes by their APIs on Unix domain sockets, {@code unix:PATH}. */
public final class ApiNodeReader implements NodeReader {
    private static final String UNIX = "unix:";
    private static final String RUNNING = "RUNNING";

    /** Where the socket of an API is. */
    public static Path socket(String api) {
        return Path.of(api.startsWith(UNIX) ? api.substring(UNIX.length()) : api);
    }

    @Override
    public NodeReport read(String api) throws IOException {
        return asked(api, client -> {
            JsonNode status = client.get("/v1/status");
            Map<String, String> ports = new HashMap<>();
            for (JsonNode port : client.get("/v1/ports")) {
                ports.put(port.path("name").asString(), port.path("state").asString());
            }
            Map<String, LinkReport> links = new HashMap<>();
            for (JsonNode link : client.get("/v1/links")) {
                links.put(link.path("path").asString(), link(link));
            }
            return new NodeReport(
                    status.path("configVersion").asLong(),
                    status.at("/dataplane/state").asString().equals(RUNNING),
                    ports,
                    links);
        });
    }

    private static LinkReport link(JsonNode link) {
        long classBytes = link.path("classWireBytes").asLong();
        return new LinkReport(
                link.path("state").asString(),
                link.path("reason").asString(""),
                link.path("guaranteedBitsPerSecond").asLong(),
                classBytes > 0 ? classBytes : link.at("/counts/txBytes").asLong(),
                link.path("queueDropPackets").asLong());
    }

    @Override
    public String drift(String api, String part) throws IOException {
        return asked(
                api, client -> client.post("/v1/config/plan", part).path("text").asString(""));
    }

    private static <T> T asked(String api, Function<ControlClient, T> question) throws IOException {
        try {
            return question.apply(ControlClient.connect(socket(api)));
        } catch (CliException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}

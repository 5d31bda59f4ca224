package io.vireo.bench.forward;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks a running DPDK program for its ports' counters, through DPDK's own telemetry client: the program's code has no part
 * in what is reported. One thread.
 */
final class Telemetry implements AutoCloseable {
    private final Process client;
    private final Writer questions;
    private final BufferedReader answers;
    private final JsonMapper json = JsonMapper.builder().build();

    /** @param filePrefix the program's {@code --file-prefix} */
    Telemetry(String filePrefix) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("dpdk-telemetry.py", "-f", filePrefix).redirectErrorStream(true);
        builder.environment().put("PYTHONUNBUFFERED", "1");
        client = builder.start();
        questions = client.outputWriter(StandardCharsets.UTF_8);
        answers = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
    }

    /** The counters of ports 0 to {@code ports - 1} in sum, as their drivers count them, beside the CPU time of {@code thread}. */
    PacketCounts counts(int ports, PollingThread thread) throws IOException {
        long received = 0;
        long sent = 0;
        long lost = 0;
        for (int port = 0; port < ports; port++) {
            JsonNode stats = statistics(port);
            received += stats.path("ipackets").asLong();
            sent += stats.path("opackets").asLong();
            lost += stats.path("imissed").asLong()
                    + stats.path("ierrors").asLong()
                    + stats.path("oerrors").asLong()
                    + stats.path("rx_nombuf").asLong();
        }
        return new PacketCounts(System.nanoTime(), thread.cpuTimeNs(), received, sent, lost);
    }

    private JsonNode statistics(int port) throws IOException {
        questions.write("/ethdev/stats," + port + "\n");
        questions.flush();
        return answer().path("/ethdev/stats");
    }

    /** The next answer; lines before it introduce the client or the program. */
    private JsonNode answer() throws IOException {
        String line = answers.readLine();
        while (line != null) {
            if (line.contains("/ethdev/stats")) {
                return json.readTree(line.substring(line.indexOf('{')));
            }
            line = answers.readLine();
        }
        throw new IOException("dpdk-telemetry.py has no connection to the program");
    }

    @Override
    public void close() {
        client.destroy();
    }
}

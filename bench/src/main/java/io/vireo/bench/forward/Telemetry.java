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

    /** The counters of a port, as its driver counts them, beside the CPU time of {@code thread}. */
    PacketCounts portCounts(int port, PollingThread thread) throws IOException {
        questions.write("/ethdev/stats," + port + "\n");
        questions.flush();
        JsonNode stats = answer().path("/ethdev/stats");
        return new PacketCounts(
                System.nanoTime(),
                thread.cpuTimeNs(),
                stats.path("ipackets").asLong(),
                stats.path("opackets").asLong(),
                stats.path("imissed").asLong()
                        + stats.path("ierrors").asLong()
                        + stats.path("oerrors").asLong()
                        + stats.path("rx_nombuf").asLong());
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

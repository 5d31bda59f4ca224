package io.vireo.control.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code vireo events}. */
@Command(name = "events", description = "Follows the node's events until interrupted.")
final class EventsCommand extends ClientCommand {
    private static final String DATA = "data: ";

    @Option(
            names = "--after",
            description = "Begin after the event of this number; 0 for all in the log.",
            paramLabel = "NUMBER")
    private @Nullable Long after;

    @Option(
            names = {"-c", "--count"},
            description = "End after this many events.",
            paramLabel = "COUNT")
    private long count = Long.MAX_VALUE;

    @Override
    public Integer call() throws IOException {
        String path = new Queries("/v1/events/stream").with("after", after).toString();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(client().stream(path), StandardCharsets.UTF_8))) {
            long printed = 0;
            for (String line = lines.readLine(); line != null && printed < count; ) {
                if (line.startsWith(DATA)) {
                    print(line.substring(DATA.length()));
                    printed++;
                }
                // A PrintWriter swallows the error of a pipe that nobody reads any more.
                if (out().checkError()) {
                    break;
                }
                line = printed < count ? lines.readLine() : null;
            }
        }
        return ExitCode.DONE;
    }

    private void print(String json) {
        if (isJson()) {
            out().println(json);
        } else {
            JsonNode event = ControlClient.JSON.readTree(json).path("event");
            out().println(Times.brief(event.path("time").asString()) + " "
                    + event.path("severity").asString().toLowerCase(Locale.ROOT) + " "
                    + event.path("type").asString() + " "
                    + event.path("subject").asString() + ": "
                    + event.path("text").asString());
        }
        out().flush();
    }
}

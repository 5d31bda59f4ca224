package io.vireo.control.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code vireo events}. */
@Command(name = "events", description = "Follows the node's events until interrupted, also while control is restarted.")
final class EventsCommand extends ClientCommand {
    private static final String DATA = "data: ";
    private static final String ID = "id: ";
    private static final long RETRY_NS = 500_000_000;

    /** A minute: longer than a restart takes. */
    private static final int MAX_ATTEMPTS = 120;

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

    private long printed;

    @Override
    public Integer call() {
        boolean isOver = count <= 0;
        for (InputStream stream = open(); !isOver; stream = isOver ? stream : reopen()) {
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                isOver = follow(lines);
            } catch (IOException e) {
                isOver = false; // cut off in the middle of an event
            }
        }
        return ExitCode.DONE;
    }

    /** Prints events until nothing more is wanted, which is true, or the stream ends. */
    private boolean follow(BufferedReader lines) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(ID)) {
                after = Long.parseLong(line.substring(ID.length()));
            } else if (line.startsWith(DATA)) {
                print(line.substring(DATA.length()));
                printed++;
            }
            // A PrintWriter swallows the error of a pipe that nobody reads any more.
            if (printed >= count || out().checkError()) {
                return true;
            }
        }
        return false;
    }

    private InputStream open() {
        return client().stream(
                new Queries("/v1/events/stream").with("after", after).toString());
    }

    /** Goes on where the stream ended: control is restarted by its supervisor. */
    private InputStream reopen() {
        err().println("the stream of events ended; connecting again");
        err().flush();
        for (int attempt = 1; ; attempt++) {
            LockSupport.parkNanos(RETRY_NS);
            try {
                return open();
            } catch (CliException e) {
                if (attempt == MAX_ATTEMPTS || e.exitCode() != ExitCode.UNREACHABLE) {
                    throw e;
                }
            }
        }
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

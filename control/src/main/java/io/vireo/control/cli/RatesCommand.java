package io.vireo.control.cli;

import java.time.Duration;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** A command that shows what happened during an interval. Subclasses say of what. */
abstract class RatesCommand extends ClientCommand {
    private static final Duration MAX_INTERVAL = Duration.ofHours(1);

    @Option(
            names = "--interval",
            description = "Time to measure over, such as 500ms, 10s or 5m (default: ${DEFAULT-VALUE}).",
            paramLabel = "TIME")
    private String interval = "1s";

    /** What samples and shows it. */
    abstract LiveView view(ControlClient client);

    @Override
    public final Integer call() throws InterruptedException {
        Duration measured = Durations.parse(interval);
        if (!measured.isPositive() || measured.compareTo(MAX_INTERVAL) > 0) {
            throw new CliException(ExitCode.USAGE, "the interval " + interval + " is not between 1ms and 1h");
        }
        ControlClient client = client();
        LiveView view = view(client);
        // The first sample loads classes here and in control, which would cut the interval short.
        view.sample(client);
        view.sample(client);
        Thread.sleep(measured);
        JsonNode rates = view.sample(client);
        if (isJson()) {
            printJson(rates);
        } else {
            out().print(view.table(Integer.MAX_VALUE));
        }
        return ExitCode.DONE;
    }
}

package io.vireo.control.cli;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code vireo show classes}. */
@Command(
        name = "classes",
        description = {
            "The scheduling trees: what each class is guaranteed and what it sent during the interval.",
            "Rates are bit/s on the wire, with the port's overhead per frame; INITIAL is the first slope of a guarantee"
                    + " of two; BORROWED is what was sent beyond the guarantee; P50 to MAX is the queueing delay."
        })
final class ShowClassesCommand extends ClientCommand {
    private static final Duration MAX_INTERVAL = Duration.ofHours(1);

    @Parameters(
            index = "0",
            arity = "0..1",
            description = "The interface; all when left out.",
            paramLabel = "VPN[/ROUTER]/INTERFACE")
    private @Nullable String interfaceName;

    @Option(
            names = "--interval",
            description = "Time to measure over, such as 500ms, 10s or 5m (default: ${DEFAULT-VALUE}).",
            paramLabel = "TIME")
    private String interval = "1s";

    @Override
    public Integer call() throws InterruptedException {
        Duration measured = Durations.parse(interval);
        if (!measured.isPositive() || measured.compareTo(MAX_INTERVAL) > 0) {
            throw new CliException(ExitCode.USAGE, "the interval " + interval + " is not between 1ms and 1h");
        }
        ControlClient client = client();
        ClassView view = new ClassView(interfaceName == null ? null : InterfaceName.resolve(client, interfaceName));
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

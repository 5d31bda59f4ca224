package io.vireo.control.cli;

import java.io.IOException;
import java.util.stream.Collectors;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.NonBlockingReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code vireo top}. */
@Command(
        name = "top",
        description = "Shows the busiest interfaces, the virtual links or the scheduling classes, live; q ends.")
final class TopCommand extends ClientCommand {
    private static final String HOME_AND_CLEAR = "\u001b[H\u001b[J";
    private static final String ALTERNATE_SCREEN = "\u001b[?1049h\u001b[?25l";
    private static final String NORMAL_SCREEN = "\u001b[?25h\u001b[?1049l";

    /** Lines above the table. */
    private static final int HEADER_LINES = 4;

    @Option(
            names = {"-d", "--delay"},
            description = "Seconds between two samples (default: ${DEFAULT-VALUE}).",
            paramLabel = "SECONDS")
    private int delaySeconds = 1;

    @Option(
            names = {"-n", "--iterations"},
            description = "End after this many samples.",
            paramLabel = "COUNT")
    private int iterations = Integer.MAX_VALUE;

    @Option(
            names = {"-c", "--classes"},
            description = "Begin with the classes; c, l and i change to classes, links and interfaces.")
    private boolean beginsWithClasses;

    @Option(
            names = {"-l", "--links"},
            description = "Begin with the virtual links.")
    private boolean beginsWithLinks;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (delaySeconds < 1) {
            throw new CliException(ExitCode.USAGE, "the delay is at least one second");
        }
        if (isJson() || !Interactive.isTerminal()) {
            printPlainly();
        } else {
            showLive();
        }
        return ExitCode.DONE;
    }

    private LiveView firstView() {
        if (beginsWithLinks) {
            return new LinkView();
        }
        return beginsWithClasses ? new ClassView(null) : new TopView();
    }

    /** For pipes: one table after the other, and one line of JSON after the other. */
    private void printPlainly() throws InterruptedException {
        LiveView view = firstView();
        view.sample(client());
        int samples = iterations == Integer.MAX_VALUE ? 1 : iterations;
        for (int i = 0; i < samples; i++) {
            Thread.sleep(1_000L * delaySeconds);
            JsonNode sample = view.sample(client());
            if (isJson()) {
                out().println(sample);
            } else {
                out().print(view.table(Integer.MAX_VALUE));
            }
        }
    }

    private void showLive() throws IOException {
        LiveView view = firstView();
        try (Terminal terminal = TerminalBuilder.builder().system(true).build()) {
            Attributes before = terminal.enterRawMode();
            terminal.writer().print(ALTERNATE_SCREEN);
            try {
                for (int i = 0; i < iterations; i++) {
                    view.sample(client());
                    draw(terminal, view, client().get("/v1/status"));
                    int key = terminal.reader().read(1_000L * delaySeconds);
                    if (isQuit(key)) {
                        break;
                    }
                    view = viewAfter(key, view);
                }
            } finally {
                terminal.writer().print(NORMAL_SCREEN);
                terminal.flush();
                terminal.setAttributes(before);
            }
        }
    }

    private static LiveView viewAfter(int key, LiveView view) {
        return switch (key) {
            case 'c' -> new ClassView(null);
            case 'l' -> new LinkView();
            case 'i' -> new TopView();
            default -> view;
        };
    }

    private static void draw(Terminal terminal, LiveView view, JsonNode status) {
        String title = "vireo top · node " + status.path("node").asString() + " · data plane "
                + status.path("dataplane").path("state").asString() + " · "
                + status.path("dropPackets").asLong() + " packets dropped · c classes, l links, i interfaces, q ends";
        int columns = terminal.getSize().getColumns();
        String text = title + "\n\n" + view.table(terminal.getSize().getRows() - HEADER_LINES);
        // In raw mode a line feed does not return to the first column. A line that wrapped would push the first out.
        terminal.writer()
                .print(text.lines()
                        .map(line -> line.substring(0, Math.min(line.length(), columns)))
                        .collect(Collectors.joining("\r\n", HOME_AND_CLEAR, "\r\n")));
        terminal.flush();
    }

    private static boolean isQuit(int key) {
        return key == 'q' || key == 'Q' || key == 3 || key == NonBlockingReader.EOF;
    }
}

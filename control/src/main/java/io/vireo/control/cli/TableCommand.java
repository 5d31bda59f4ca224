package io.vireo.control.cli;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A command whose answer is printed as a table, one row per object. */
@Command
public abstract class TableCommand extends OutputCommand {
    private final Column[] columns;

    @Option(
            names = {"-n", "--limit"},
            description = "The first rows only, as many as this; how many there are besides is said.",
            paramLabel = "ROWS")
    private @Nullable Long limit;

    /** @param columns of the table, from the left */
    protected TableCommand(Column... columns) {
        this.columns = columns;
    }

    /** What is asked for, of the API. */
    protected abstract String path();

    /** What is asked for besides. */
    protected Queries query() {
        return new Queries(path()).with("limit", limit);
    }

    @Override
    public final Integer call() throws IOException {
        try (HttpResponse answer = client().table(query().toString())) {
            TablePrinter printer = new TablePrinter(out(), columns);
            long printed = isJson() ? printer.printJson(answer) : printer.print(answer);
            long total = Long.parseLong(answer.headers().getOrDefault("x-total-count", "0"));
            if (limit != null && total > printed) {
                err().println("vireo: " + (total - printed) + " more, left out by --limit " + limit);
            }
        }
        return ExitCode.DONE;
    }
}

package io.vireo.control.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code vireo diff}. */
@Command(
        name = "diff",
        description = "Shows what is different: between the current configuration and a file, or between two versions.")
final class DiffCommand extends ClientCommand {
    @Option(
            names = {"-f", "--file"},
            description = "Compare the current version with this file; - for the standard input.",
            paramLabel = "FILE")
    private @Nullable String file;

    @Parameters(
            index = "0",
            arity = "0..1",
            description = "The older version; the one before TO when left out.",
            paramLabel = "FROM")
    private @Nullable Long from;

    @Parameters(
            index = "1",
            arity = "0..1",
            description = "The newer version; the current one when left out.",
            paramLabel = "TO")
    private @Nullable Long to;

    @Override
    public Integer call() {
        if (file != null && from != null) {
            throw new CliException(ExitCode.USAGE, "either a file or versions can be compared, not both");
        }
        JsonNode diff = file == null
                ? client().get(new Queries("/v1/config/diff")
                        .with("from", from)
                        .with("to", to)
                        .toString())
                : client().post("/v1/config/plan", Documents.read(file));
        Outcomes.printDiff(this, diff);
        return ExitCode.DONE;
    }
}

package io.vireo.control.network.cli;

import io.vireo.control.cli.CliException;
import io.vireo.control.cli.Documents;
import io.vireo.control.cli.ExitCode;
import io.vireo.control.cli.Queries;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code vireo network diff}. */
@Command(
        name = "diff",
        description =
                "Shows what is different between two versions of the network document, or what a file would change.")
final class NetworkDiffCommand extends NetworkClientCommand {
    @Parameters(index = "0", arity = "0..1", description = "The older version.", paramLabel = "FROM")
    private @Nullable Long from;

    @Parameters(index = "1", arity = "0..1", description = "The newer version.", paramLabel = "TO")
    private @Nullable Long to;

    @Option(
            names = {"-f", "--file"},
            description = "Compare the current version with this file; - for the standard input.",
            paramLabel = "FILE")
    private @Nullable String file;

    @Override
    public Integer call() {
        if (file != null && from != null) {
            throw new CliException(ExitCode.USAGE, "compare with a file, or with versions");
        }
        JsonNode diff = file == null
                ? client().get(new Queries("/v1/network/diff")
                        .with("from", from)
                        .with("to", to)
                        .toString())
                : client().post("/v1/network/plan", Documents.read(file)).path("diff");
        if (isJson()) {
            printJson(diff);
        } else {
            out().print(
                            diff.path("changes").isEmpty()
                                    ? "no difference\n"
                                    : diff.path("text").asString());
        }
        return ExitCode.DONE;
    }
}

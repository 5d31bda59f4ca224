package io.vireo.control.network.cli;

import io.vireo.control.cli.ExitCode;
import io.vireo.control.cli.Table;
import io.vireo.control.cli.Times;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code vireo network history}. */
@Command(name = "history", description = "Lists the versions of the network, newest first.")
final class NetworkHistoryCommand extends NetworkClientCommand {
    @Option(names = "-n", description = "How many (default: ${DEFAULT-VALUE}).", paramLabel = "COUNT")
    private int limit = 20;

    @Override
    public Integer call() {
        JsonNode versions = client().get("/v1/network/versions?limit=" + limit);
        if (isJson()) {
            printJson(versions);
            return ExitCode.DONE;
        }
        Table table = new Table("version", "time", "author", "comment");
        for (JsonNode version : versions) {
            String state = version.path("applied").asBoolean() ? "" : " (not applied)";
            table.row(
                    version.path("number").asLong(),
                    Times.brief(version.path("time").asString()),
                    version.path("author").asString(),
                    version.path("comment").asString() + state);
        }
        out().print(table.toText());
        return ExitCode.DONE;
    }
}

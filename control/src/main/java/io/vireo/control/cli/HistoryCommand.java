package io.vireo.control.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code vireo history}. */
@Command(name = "history", description = "Lists the versions of the configuration, newest first.")
final class HistoryCommand extends ClientCommand {
    @Option(names = "-n", description = "How many (default: ${DEFAULT-VALUE}).", paramLabel = "COUNT")
    private int limit = 20;

    @Override
    public Integer call() {
        JsonNode versions = client().get("/v1/config/versions?limit=" + limit);
        if (isJson()) {
            printJson(versions);
        } else {
            Table table = new Table("version", "time", "author", "comment");
            for (JsonNode version : versions) {
                table.row(
                        version.path("number").asLong(),
                        Times.brief(version.path("time").asString()),
                        version.path("author").asString(),
                        version.path("comment").asString()
                                + (version.path("applied").asBoolean() ? "" : " (not applied)"));
            }
            out().print(table.toText());
        }
        return ExitCode.DONE;
    }
}

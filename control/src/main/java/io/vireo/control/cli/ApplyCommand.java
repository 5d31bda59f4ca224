package io.vireo.control.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code vireo apply}. */
@Command(
        name = "apply",
        description = "Checks a configuration, shows what it changes, commits and applies it: all or nothing.")
final class ApplyCommand extends ClientCommand {
    @Option(
            names = {"-f", "--file"},
            required = true,
            description = "The configuration, YAML or JSON; - for the standard input.",
            paramLabel = "FILE")
    private String file = "";

    @Option(names = "--dry-run", description = "Check and show what would change; change nothing.")
    private boolean dryRun;

    @Option(
            names = "--confirm",
            description =
                    "Roll back to the previous version unless `vireo confirm` follows within this time, such as 60s.",
            paramLabel = "TIME")
    private @Nullable String confirm;

    @Option(names = "--comment", description = "Why, for the history.", paramLabel = "TEXT")
    private @Nullable String comment;

    @Option(
            names = "--trial",
            description = "Go on from this version, though somebody else has put it on trial.",
            paramLabel = "VERSION")
    private @Nullable Long trial;

    @Option(names = "--base", description = "Refuse unless this version is the current one.", paramLabel = "VERSION")
    private @Nullable Long base;

    @Override
    public Integer call() {
        String document = Documents.read(file);
        if (dryRun) {
            JsonNode diff = client().post("/v1/config/plan", document);
            Outcomes.printDiff(this, diff);
            return ExitCode.DONE;
        }
        String path = new Queries("/v1/config")
                .with("comment", comment)
                .with("baseVersion", base)
                .with("trial", trial)
                .with(
                        "confirmSeconds",
                        confirm == null ? null : Durations.parse(confirm).toSeconds())
                .toString();
        Outcomes.print(this, ProgressMessage.during(err(), "applying " + file, () -> client().put(path, document)));
        return ExitCode.DONE;
    }
}

package io.vireo.control.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vireo rollback}. */
@Command(name = "rollback", description = "Commits and applies an earlier version again, as a new version.")
final class RollbackCommand extends ClientCommand {
    @Parameters(
            index = "0",
            description = "The version to roll back to; 0 is the empty configuration.",
            paramLabel = "VERSION")
    private long version;

    @Option(
            names = "--confirm",
            description = "Revert unless `vireo confirm` follows within this time, such as 60s.",
            paramLabel = "TIME")
    private @Nullable String confirm;

    @Option(
            names = "--trial",
            description = "Go on from this version, though somebody else has put it on trial.",
            paramLabel = "VERSION")
    private @Nullable Long trial;

    @Option(names = "--comment", description = "Why, for the history.", paramLabel = "TEXT")
    private @Nullable String comment;

    @Override
    public Integer call() {
        String path = new Queries("/v1/config/versions/" + version + "/rollback")
                .with("comment", comment)
                .with("trial", trial)
                .with(
                        "confirmSeconds",
                        confirm == null ? null : Durations.parse(confirm).toSeconds())
                .toString();
        Outcomes.print(
                this,
                ProgressMessage.during(err(), "rolling back to version " + version, () -> client().post(path, "")));
        return ExitCode.DONE;
    }
}

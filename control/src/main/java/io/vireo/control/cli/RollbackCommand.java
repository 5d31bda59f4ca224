package io.vireo.control.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vireo rollback}. */
@Command(name = "rollback", description = "Makes an earlier version the current one again, as a new version.")
final class RollbackCommand extends ClientCommand {
    @Parameters(
            index = "0",
            description = "The version to return to; 0 is the empty configuration.",
            paramLabel = "VERSION")
    private long version;

    @Option(
            names = "--confirm",
            description = "Go back again unless `vireo confirm` follows within this time, such as 60s.",
            paramLabel = "TIME")
    private @Nullable String confirm;

    @Option(names = "--comment", description = "Why, for the history.", paramLabel = "TEXT")
    private @Nullable String comment;

    @Override
    public Integer call() {
        String path = new Queries("/v1/config/versions/" + version + "/rollback")
                .with("comment", comment)
                .with(
                        "confirmSeconds",
                        confirm == null ? null : Durations.parse(confirm).toSeconds())
                .toString();
        Outcomes.print(
                this, ProgressMessage.during(err(), "returning to version " + version, () -> client().post(path, "")));
        return ExitCode.DONE;
    }
}

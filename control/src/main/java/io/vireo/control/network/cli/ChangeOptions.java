package io.vireo.control.network.cli;

import io.vireo.control.cli.Durations;
import io.vireo.control.cli.Queries;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the network is changed. */
final class ChangeOptions {
    @Option(
            names = "--confirm",
            description = "Revert unless `vireo network confirm` follows within this time, such as 60s.",
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

    /** The path of the request with its query. */
    String of(String path) {
        return new Queries(path)
                .with("comment", comment)
                .with("baseVersion", base)
                .with("trial", trial)
                .with(
                        "confirmSeconds",
                        confirm == null ? null : Durations.parse(confirm).toSeconds())
                .toString();
    }
}

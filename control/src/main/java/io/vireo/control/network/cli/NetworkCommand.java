package io.vireo.control.network.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code vireo network}. */
@Command(
        name = "network",
        description = "The network of many nodes, as the controller holds it.",
        mixinStandardHelpOptions = true,
        subcommands = {
            NetworkStatusCommand.class,
            NetworkApplyCommand.class,
            NetworkConfirmCommand.class,
            NetworkPlanCommand.class,
            NetworkDiffCommand.class,
            NetworkHistoryCommand.class,
            NetworkRollbackCommand.class,
            NetworkShowCommand.class
        })
public final class NetworkCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}

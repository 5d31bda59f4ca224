package io.vireo.control.network.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code vireo controller}. */
@Command(
        name = "controller",
        description = "The controller of a network of nodes, on this machine: `vireo network` speaks to it.",
        mixinStandardHelpOptions = true,
        subcommands = {ControllerUpCommand.class, ControllerDownCommand.class, ControllerStatusCommand.class})
public final class ControllerCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}

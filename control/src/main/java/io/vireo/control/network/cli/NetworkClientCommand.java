package io.vireo.control.network.cli;

import io.vireo.control.cli.ControlClient;
import io.vireo.control.cli.OutputCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A command that asks the controller. */
@Command
abstract class NetworkClientCommand extends OutputCommand {
    @Mixin
    private final ControllerOptions controller = new ControllerOptions();

    @Override
    protected final ControlClient client() {
        return controller.client();
    }
}

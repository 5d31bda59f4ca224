package io.vireo.control.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A command that asks control of a node. Subclasses say what, and how the answer is printed for people. */
@Command
abstract class ClientCommand extends OutputCommand {
    @Mixin
    private final NodeOptions node = new NodeOptions();

    @Override
    protected final ControlClient client() {
        return node.client();
    }
}

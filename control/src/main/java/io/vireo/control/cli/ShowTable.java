package io.vireo.control.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A subcommand of {@code vireo show} whose answer is printed as a table, one row per object. */
@Command
abstract class ShowTable extends TableCommand {
    @Mixin
    private final NodeOptions node = new NodeOptions();

    ShowTable(Column... columns) {
        super(columns);
    }

    @Override
    protected final ControlClient client() {
        return node.client();
    }
}

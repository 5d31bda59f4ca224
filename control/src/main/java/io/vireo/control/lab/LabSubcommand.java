package io.vireo.control.lab;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** A subcommand of {@code vireo lab}: all of them look into namespaces, and so need root. */
@Command(mixinStandardHelpOptions = true)
abstract class LabSubcommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private LabCommand lab;

    @Override
    public final Integer call() {
        LabCommand.requireRoot();
        return run(lab);
    }

    /** Does it; returns the exit status. */
    abstract int run(LabCommand named);

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    final PrintWriter err() {
        return spec.commandLine().getErr();
    }
}

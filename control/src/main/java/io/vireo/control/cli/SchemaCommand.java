package io.vireo.control.cli;

import io.vireo.control.model.document.ConfigurationSchema;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code vireo schema}: needs no node. */
@Command(
        name = "schema",
        description = "Prints the JSON Schema of configuration files, for editors.",
        mixinStandardHelpOptions = true)
final class SchemaCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().getOut().print(ConfigurationSchema.json());
        return ExitCode.DONE;
    }
}

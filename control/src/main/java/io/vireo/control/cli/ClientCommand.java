package io.vireo.control.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;

/** A command that asks control. Subclasses say what, and how the answer is printed for people. */
@Command(mixinStandardHelpOptions = true)
abstract class ClientCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private final NodeOptions node = new NodeOptions();

    @Option(names = "--json", description = "Print JSON, for programs.")
    private boolean json;

    final ControlClient client() {
        return node.client();
    }

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    final PrintWriter err() {
        return spec.commandLine().getErr();
    }

    final boolean isJson() {
        return json;
    }

    /** Prints an answer as it came. */
    final void printJson(JsonNode answer) {
        out().println(ControlClient.JSON
                .writer()
                .with(SerializationFeature.INDENT_OUTPUT)
                .writeValueAsString(answer));
    }
}

package io.vireo.control.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;

/** A command whose answer is printed for people, or as JSON. Subclasses say whom it asks, and what. */
@Command(mixinStandardHelpOptions = true)
public abstract class OutputCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--json", description = "Print JSON, for programs.")
    private boolean json;

    /** Whom it asks. */
    protected abstract ControlClient client();

    /** Takes what the user asked for. */
    protected final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** Takes what is to be said besides. */
    protected final PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /** Whether a program asks. */
    protected final boolean isJson() {
        return json;
    }

    /** Prints an answer as it came. */
    protected final void printJson(JsonNode answer) {
        out().println(ControlClient.JSON
                .writer()
                .with(SerializationFeature.INDENT_OUTPUT)
                .writeValueAsString(answer));
    }
}

package io.vireo.control.lab;

import io.vireo.control.cli.CliException;
import io.vireo.control.cli.Documents;
import io.vireo.control.cli.ExitCode;
import io.vireo.control.lab.topology.LabDesign;
import io.vireo.control.linux.Superuser;
import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.Problem;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code vireo lab}. The file may be named before or behind the subcommand. */
@Command(
        name = "lab",
        description =
                "Several nodes on this machine, joined by veth pairs, with Linux hosts, as a topology says. Needs root.",
        mixinStandardHelpOptions = true,
        subcommands = {LabUpCommand.class, LabDownCommand.class, LabStatusCommand.class})
final class LabCommand implements Runnable {
    private static final String STANDARD_INPUT = "-";

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = {"-f", "--file"},
            description = "The topology, YAML or JSON; - for the standard input.",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT)
    private @Nullable String file;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** The file as the user named it. */
    String file() {
        if (file == null) {
            throw new CliException(ExitCode.USAGE, "which lab? Name its topology: -f FILE");
        }
        return file;
    }

    /** Whether a file was named. */
    boolean hasFile() {
        return file != null;
    }

    /** The topology with the configurations of its nodes. */
    LabDesign design() {
        try {
            return LabDesign.read(Documents.read(file()), this::readBeside);
        } catch (InvalidConfigurationException e) {
            throw refusal(e);
        }
    }

    /** The name of the topology's lab, whatever else is wrong with it. */
    String name() {
        try {
            return LabDesign.nameOf(Documents.read(file()));
        } catch (InvalidConfigurationException e) {
            throw refusal(e);
        }
    }

    /** Namespaces, devices and nodes are root's. */
    static void requireRoot() {
        if (!Superuser.isCurrent()) {
            throw new CliException(
                    ExitCode.NOT_PERMITTED,
                    "`vireo lab` needs root: it makes network namespaces, veth devices and nodes, and looks into them");
        }
    }

    private static CliException refusal(InvalidConfigurationException e) {
        StringBuilder message = new StringBuilder("The topology is rejected; nothing was changed");
        for (Problem problem : e.problems()) {
            message.append("\n  ").append(problem);
        }
        return new CliException(ExitCode.REFUSED, message.toString());
    }

    /** Files of nodes are named relative to the topology's. */
    private String readBeside(String name) {
        Path directory = file().equals(STANDARD_INPUT)
                ? Path.of("")
                : Path.of(file()).toAbsolutePath().resolveSibling("");
        try {
            return Documents.read(directory.resolve(name).toString());
        } catch (CliException e) {
            throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
        }
    }
}

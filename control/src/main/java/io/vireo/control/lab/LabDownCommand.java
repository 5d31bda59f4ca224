package io.vireo.control.lab;

import io.vireo.control.cli.CliException;
import io.vireo.control.cli.ExitCode;
import io.vireo.control.cli.ProgressMessage;
import io.vireo.control.lab.machine.LabDown;
import io.vireo.control.lab.topology.LabNames;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code vireo lab down}. */
@Command(
        name = "down",
        description = "Removes the lab: nodes with their configurations and logs, links, hosts, and nothing else.")
final class LabDownCommand extends LabSubcommand {
    @Option(
            names = "--name",
            description = "Name of the lab, when there is no topology file any more.",
            paramLabel = "LAB")
    private @Nullable String name;

    @Override
    int run(LabCommand lab) {
        if (name != null && lab.hasFile()) {
            throw new CliException(ExitCode.USAGE, "either a file or a name, not both");
        }
        LabNames names = name == null ? new LabNames(lab.name()) : namesOf(name);
        LabDown down = new LabDown(names, out()::println);
        boolean ran = ProgressMessage.during(err(), "taking down the lab " + names.lab(), down::run);
        out().println("lab " + names.lab() + (ran ? " is removed" : " was not there"));
        return ExitCode.DONE;
    }

    private static LabNames namesOf(String name) {
        try {
            return LabNames.checked(name);
        } catch (IllegalArgumentException e) {
            throw new CliException(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
    }
}

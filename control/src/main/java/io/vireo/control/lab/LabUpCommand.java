package io.vireo.control.lab;

import io.vireo.control.cli.CliException;
import io.vireo.control.cli.ExitCode;
import io.vireo.control.cli.ProgressMessage;
import io.vireo.control.lab.machine.LabUp;
import io.vireo.control.lab.topology.LabDesign;
import io.vireo.control.lab.topology.LabTopology;
import picocli.CommandLine.Command;

/** {@code vireo lab up}. */
@Command(
        name = "up",
        description = "Makes the lab what the topology says. Again: repairs what is missing, applies what has changed.")
final class LabUpCommand extends LabSubcommand {
    @Override
    int run(LabCommand lab) {
        LabDesign design = lab.design();
        LabTopology topology = design.topology();
        LabUp up = new LabUp(design, out()::println);
        boolean hasChanged;
        try {
            hasChanged = ProgressMessage.during(err(), "bringing up the lab " + topology.name(), up::run);
        } catch (CliException e) {
            throw e.exitCode() == ExitCode.REFUSED
                    ? e
                    : new CliException(e.exitCode(), failure(e, topology, lab.file()));
        }
        out().println("lab " + topology.name() + (hasChanged ? " is up: " : " was up already: ")
                + topology.nodes().size() + " nodes, " + topology.hosts().size() + " hosts, "
                + topology.links().size() + " links");
        return ExitCode.DONE;
    }

    private static String failure(CliException e, LabTopology topology, String file) {
        return e.getMessage() + "\nlab " + topology.name()
                + " is not up. What was made was left, for a look; run this again, or"
                + " remove it: vireo lab down -f " + file;
    }
}

package io.vireo.control.doctor;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vireo doctor}. */
@Command(
        name = "doctor",
        description = "Checks this machine and its nodes; reports what is wrong and how to fix it.",
        mixinStandardHelpOptions = true)
public final class DoctorCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--json", description = "Print the findings as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        LinuxMachine machine = LinuxMachine.local();
        List<Finding> findings = new ArrayList<>();
        findings.addAll(EnvironmentChecks.run(Path.of(System.getProperty("vireo.home", "."))));
        findings.addAll(new KernelChecks(machine).run());
        findings.addAll(new NodeChecks(machine).run());
        findings.addAll(new OffloadChecks(machine).run());
        FindingsReport report = new FindingsReport(findings);
        if (json) {
            report.printJson(out);
        } else {
            report.printText(out);
        }
        return report.exitStatus();
    }
}

package io.vireo.control.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;

/**
 * The commands of {@code vireo}, by the names of their classes: a class is loaded when its command is called, or when
 * all commands are to be listed, so that a quick one does not pay for the others. To add a command, add a line.
 */
enum Subcommands {
    UP("up", "io.vireo.control.supervisor.UpCommand"),
    DOWN("down", "io.vireo.control.supervisor.DownCommand"),
    STATUS("status", "io.vireo.control.cli.StatusCommand"),
    APPLY("apply", "io.vireo.control.cli.ApplyCommand"),
    CONFIRM("confirm", "io.vireo.control.cli.ConfirmCommand"),
    DIFF("diff", "io.vireo.control.cli.DiffCommand"),
    HISTORY("history", "io.vireo.control.cli.HistoryCommand"),
    ROLLBACK("rollback", "io.vireo.control.cli.RollbackCommand"),
    RESERVATIONS("reservations", "io.vireo.control.cli.ReservationsCommand"),
    SHOW("show", "io.vireo.control.cli.ShowCommand"),
    TOP("top", "io.vireo.control.cli.TopCommand"),
    EXEC("exec", "io.vireo.control.cli.ExecCommand"),
    CAPTURE("capture", "io.vireo.control.cli.CaptureCommand"),
    TRACE("trace", "io.vireo.control.cli.TraceCommand"),
    EVENTS("events", "io.vireo.control.cli.EventsCommand"),
    AUDIT("audit", "io.vireo.control.cli.AuditCommand"),
    KEYS("keys", "io.vireo.control.cli.KeysCommand"),
    METRICS("metrics", "io.vireo.control.cli.MetricsCommand"),
    SCHEMA("schema", "io.vireo.control.cli.SchemaCommand"),
    COMPLETION("completion", "io.vireo.control.cli.CompletionCommand"),
    DOCTOR("doctor", "io.vireo.control.doctor.DoctorCommand"),
    PROFILE("profile", "io.vireo.control.doctor.ProfileCommand"),
    CONTROLLER("controller", "io.vireo.control.network.cli.ControllerCommand"),
    NETWORK("network", "io.vireo.control.network.cli.NetworkCommand"),
    LAB("lab", "io.vireo.control.lab.LabCommand"),
    DEMO("demo", "io.vireo.bench.demo.DemoCommand"),
    BENCH("bench", "io.vireo.bench.BenchCommand");

    private final String command;
    private final String className;

    Subcommands(String command, String className) {
        this.command = command;
        this.className = className;
    }

    String command() {
        return command;
    }

    String className() {
        return className;
    }

    /** The command of that name. */
    static Optional<Subcommands> named(String command) {
        return Arrays.stream(values())
                .filter(candidate -> candidate.command.equals(command))
                .findFirst();
    }

    /** What {@code up -f} calls besides itself. */
    List<Subcommands> withCompanions() {
        return this == UP ? List.of(UP, APPLY) : List.of(this);
    }

    /** Adds the command, unless its module is not on the class path. */
    void addTo(CommandLine root) {
        try {
            root.addSubcommand(command, Class.forName(className));
        } catch (ClassNotFoundException e) {
            // The benchmarks, for one, need not be installed on a router.
            System.getLogger(Subcommands.class.getName())
                    .log(System.Logger.Level.DEBUG, "{0} is not installed", command);
        }
    }
}

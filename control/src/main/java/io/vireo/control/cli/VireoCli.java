package io.vireo.control.cli;

import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code vireo}. */
@Command(
        name = "vireo",
        description = "A software router of many virtual routers.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        version = "vireo 0.1.0",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:done",
            "1:failed",
            "2:usage error: the command line, or a file named on it, is invalid",
            "3:control is unreachable",
            "4:rejected: an invalid configuration, or a conflicting state; nothing was changed",
            "5:permission denied",
            "*:exec exits with its command's status"
        })
public final class VireoCli {

    private VireoCli() {}

    /** Runs one command and exits with its status. */
    public static void main(String[] args) {
        System.exit(run(
                new PrintWriter(System.out, true, System.out.charset()),
                new PrintWriter(System.err, true, System.err.charset()),
                args));
    }

    /** Runs one command; returns its status. */
    static int run(PrintWriter out, PrintWriter err, String... args) {
        CommandLine root = new CommandLine(new VireoCli());
        Optional<Subcommands> called = args.length == 0 ? Optional.empty() : Subcommands.named(args[0]);
        if (called.isPresent() && called.get() != Subcommands.COMPLETION) {
            called.get().withCompanions().forEach(subcommand -> subcommand.addTo(root));
        } else {
            for (Subcommands subcommand : Subcommands.values()) {
                subcommand.addTo(root);
            }
        }
        root.setOut(out);
        root.setErr(err);
        root.setExecutionExceptionHandler((e, command, parsed) -> explain(e, command.getErr()));
        int status = args.length == 0 ? usage(root) : root.execute(args);
        out.flush();
        err.flush();
        return status;
    }

    private static int usage(CommandLine root) {
        root.usage(root.getErr());
        return ExitCode.USAGE;
    }

    private static int explain(Exception e, PrintWriter err) {
        err.println("vireo: " + (e.getMessage() == null ? e : e.getMessage()));
        return e instanceof CliException cli ? cli.exitCode() : ExitCode.FAILED;
    }
}

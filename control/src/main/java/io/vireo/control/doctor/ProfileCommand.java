package io.vireo.control.doctor;

import io.vireo.control.profile.ProfileException;
import io.vireo.control.profile.ProfileLibrary;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vireo profile}: hardware profiles, and whether this machine fits one. */
@Command(
        name = "profile",
        description = "Hardware profiles, and whether this machine fits one.",
        mixinStandardHelpOptions = true,
        subcommands = {ProfileCommand.ListProfiles.class, ProfileCommand.Show.class, ProfileCommand.Check.class})
public final class ProfileCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** Runs {@code action} on the library; a profile's error is one line and exit status 2. */
    private static int withLibrary(CommandSpec spec, ToIntFunction<ProfileLibrary> action) {
        try {
            return action.applyAsInt(new ProfileLibrary());
        } catch (ProfileException e) {
            spec.commandLine().getErr().println("vireo: " + e.getMessage());
            return 2;
        }
    }

    /** {@code vireo profile list}. */
    @Command(name = "list", description = "Names and summaries of all profiles.", mixinStandardHelpOptions = true)
    static final class ListProfiles implements Callable<Integer> {
        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        @Override
        public Integer call() {
            PrintWriter out = spec.commandLine().getOut();
            return withLibrary(spec, library -> {
                for (String name : library.names()) {
                    out.printf("%-22s %s%n", name, library.load(name).summary());
                }
                return 0;
            });
        }
    }

    /** {@code vireo profile show}. */
    @Command(name = "show", description = "Prints a profile.", mixinStandardHelpOptions = true)
    static final class Show implements Callable<Integer> {
        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        @Parameters(description = "Name of a profile, or a file.")
        private String profile = ProfileLibrary.DEFAULT_PROFILE;

        @Override
        public Integer call() {
            PrintWriter out = spec.commandLine().getOut();
            return withLibrary(spec, library -> {
                out.print(library.text(profile));
                out.flush();
                return 0;
            });
        }
    }

    /** {@code vireo profile check}. */
    @Command(
            name = "check",
            description = "Compares a profile with this machine and says what to change.",
            mixinStandardHelpOptions = true)
    static final class Check implements Callable<Integer> {
        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        @Parameters(
                arity = "0..1",
                description = "Name of a profile, or a file.",
                defaultValue = ProfileLibrary.DEFAULT_PROFILE)
        @SuppressWarnings("NullAway.Init")
        private String profile;

        @Option(names = "--json", description = "Print the findings as JSON.")
        private boolean json;

        @Override
        public Integer call() {
            PrintWriter out = spec.commandLine().getOut();
            return withLibrary(spec, library -> {
                var report = new FindingsReport(new ProfileCheck(library.load(profile), LinuxMachine.local()).run());
                if (json) {
                    report.printJson(out);
                } else {
                    report.printText(out);
                }
                return report.exitStatus();
            });
        }
    }
}

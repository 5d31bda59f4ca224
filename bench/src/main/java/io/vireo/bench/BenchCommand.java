package io.vireo.bench;

import io.vireo.bench.forward.ForwardCommand;
import io.vireo.bench.linerate.LinerateCommand;
import io.vireo.bench.schedule.ScheduleCommand;
import io.vireo.bench.tables.TablesCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code vireo bench}. */
@Command(
        name = "bench",
        description = "Benchmarks, each beside its C peers in the same run.",
        mixinStandardHelpOptions = true,
        subcommands = {ForwardCommand.class, LinerateCommand.class, ScheduleCommand.class, TablesCommand.class})
public final class BenchCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
